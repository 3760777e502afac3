import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateParts } from './date-parts.js';

test('the parts are those of the ISO form, without a fraction of zero', () => {
  expect(dateParts(new Date('2024-02-29T12:30:00Z'))).toEqual({ day: '2024-02-29', time: '12:30:00' });
  expect(dateParts(new Date('2024-02-29T12:30:00.007Z'))).toEqual({ day: '2024-02-29', time: '12:30:00.007' });
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (moment) => {
      const { day, time } = dateParts(moment);
      expect(`${day}T${time.includes('.') ? time : `${time}.000`}Z`).toBe(moment.toISOString());
    }),
  );
});

test('what is no moment throws', () => {
  expect(() => dateParts(new Date('no moment'))).toThrow(RangeError);
});
