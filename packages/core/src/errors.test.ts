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

  it('keeps its code, its problems and its cause for programs', () => {
    const cause = new Error('disk full');
    const error = new DovetailError('statement-failed', 'A statement failed.', [], { cause });
    expect(error).toMatchObject({ name: 'DovetailError', code: 'statement-failed', problems: [], cause });
    expect(error).toBeInstanceOf(Error);
  });
});
