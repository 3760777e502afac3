import { describe, expect, it } from 'vitest';
import { DovetailError } from './errors.js';

describe('a DovetailError', () => {
  it('prints what happened, where, and what to do instead', () => {
    const error = new DovetailError('precheck-failed', 'The update is refused.', [
      { where: 'customer.email', what: '3 rows hold null', remedy: 'fill them first' },
      { where: 'customer.fax', what: '1 row holds a value', remedy: '' },
    ]);
    expect(String(error)).toBe(
      [
        'DovetailError: The update is refused.',
        '  - customer.email: 3 rows hold null',
        '    fill them first',
        '  - customer.fax: 1 row holds a value',
      ].join('\n'),
    );
  });

  it('names the rows, in a way in which no key is taken for several', () => {
    const lines = [
      { count: 2, more: false, key: ['id'], examples: [['1'], ['2']] },
      { count: 7, more: false, key: ['id'], examples: [['1'], ['2'], ['3'], ['4'], ['5']] },
      { count: 2, more: false, key: ['name'], examples: [['Ann, Ben'], ['']] },
      { count: 1, more: false, key: ['author', 'book'], examples: [['1', '7']] },
      { count: 3, more: false, key: [], examples: [] },
    ].map((rows) => {
      const error = new DovetailError('precheck-failed', '', [{ where: 't', what: 'rows', remedy: '', rows }]);
      return error.message.trim();
    });
    expect(lines).toEqual([
      '- t: rows (id 1, 2)',
      '- t: rows (id 1, 2, 3, 4, 5 and others)',
      "- t: rows (name 'Ann, Ben', '')",
      '- t: rows (author, book: 1, 7)',
      '- t: rows',
    ]);
  });

  it('keeps its code, its problems and its cause for programs', () => {
    const cause = new Error('disk full');
    const error = new DovetailError('statement-failed', 'A statement failed.', [], { cause });
    expect(error).toMatchObject({ name: 'DovetailError', code: 'statement-failed', problems: [], cause });
    expect(error).toBeInstanceOf(Error);
  });
});
