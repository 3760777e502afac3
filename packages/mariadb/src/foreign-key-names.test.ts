import { expect, test } from 'vitest';
import { withQuotedNames } from './foreign-key-names.js';

const table = (...constraints: readonly string[]): string =>
  ['CREATE TABLE `t``u` (\n  `a``b` int(11) DEFAULT NULL,\n  KEY `k``l` (`a``b`)', ...constraints].join(',\n') +
  '\n) ENGINE=InnoDB';

test('backticks in the names of a foreign key and of its columns are doubled', () => {
  expect(
    withQuotedNames(
      table(
        '  CONSTRAINT `f`1` FOREIGN KEY (`a`b`, `c`) REFERENCES `o``p` (`x`y`, `z`) ON DELETE CASCADE',
        '  CONSTRAINT `f2` FOREIGN KEY (`c`) REFERENCES `o` (`z`)',
      ),
    ),
  ).toBe(
    table(
      '  CONSTRAINT `f``1` FOREIGN KEY (`a``b`, `c`) REFERENCES `o``p` (`x``y`, `z`) ON DELETE CASCADE',
      '  CONSTRAINT `f2` FOREIGN KEY (`c`) REFERENCES `o` (`z`)',
    ),
  );
});

test('backticks that the server has doubled stay as they are', () => {
  const printed = table(
    '  CONSTRAINT `f``1` FOREIGN KEY (`a``b`, `c```) REFERENCES `o``p` (`x``y`, `z`) ON DELETE CASCADE',
    '  CONSTRAINT `f2` FOREIGN KEY (`c`) REFERENCES `o` (```z`)',
  );
  expect(withQuotedNames(printed)).toBe(printed);
});

test('checks are left as they are, and so is a table without foreign keys', () => {
  const checked = table(
    "  CONSTRAINT `c``1` CHECK (`a``b` <> ')')",
    '  CONSTRAINT `f` FOREIGN KEY (`c`) REFERENCES `o` (`z`)',
  );
  expect(withQuotedNames(checked)).toBe(checked);
  expect(withQuotedNames(table())).toBe(table());
});
