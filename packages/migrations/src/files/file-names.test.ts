import { describe, expect, it } from 'vitest';
import { defaultFileName, nextTimestamps } from './file-names.js';

const now = new Date('2030-12-31T23:59:58.700Z');

describe('the name of a new migration', () => {
  it('is the time, and a few words', () => {
    expect(defaultFileName('20301231235958')).toBe('Migration20301231235958');
    expect(defaultFileName('20301231235958', 'add the été/index')).toBe('Migration20301231235958_add_the_été_index');
  });

  it('has the time in UTC, a second later for each of several', () => {
    expect(nextTimestamps([], 3, now)).toEqual(['20301231235958', '20301231235959', '20310101000000']);
  });

  it('comes after all that exist', () => {
    const existing = ['Migration20401231235959', 'Migration20200101000000', 'init', 'x99999999999999'];
    expect(nextTimestamps(existing, 1, now)).toEqual(['20410101000000']);
  });
});
