import { type Table, UnreadableDefinition } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { readCreateTable } from './create-table.js';
import type { DefinitionContext } from './table-draft.js';

const context: DefinitionContext = {
  ownSchema: 'library',
  unstatedRule: 'no action',
  defaultCollations: new Map([
    ['utf8mb4', 'utf8mb4_0900_ai_ci'],
    ['latin1', 'latin1_swedish_ci'],
  ]),
};

const readTable = (members: string, options = 'ENGINE=InnoDB'): Table =>
  readCreateTable(`CREATE TABLE \`t\` (\n  ${members}\n) ${options}`, context);

const firstColumn = (definition: string, options?: string): Table['columns'][number] | undefined =>
  readTable(`\`a\` ${definition}`, options).columns[0];

const withoutRest = ({ unmodelled }: Table): void => expect(unmodelled).toEqual([]);

describe('a name', () => {
  test('in backticks is kept whole, whatever it holds', () => {
    const table = readCreateTable(
      'CREATE TABLE `a``b (c, d` (\n  `x``y` int,\n  `it\'s "so"` int,\n  `back\\slash` int,\n  `PRIMARY KEY` int,\n  `日本 🦊,` int\n)',
      context,
    );
    expect(table.name).toBe('a`b (c, d');
    expect(table.columns.map(({ name }) => name)).toEqual([
      'x`y',
      `it's "so"`,
      'back\\slash',
      'PRIMARY KEY',
      '日本 🦊,',
    ]);
    withoutRest(table);
  });

  test('of a temporary table is read as well', () => {
    expect(readCreateTable('CREATE TEMPORARY TABLE `t` (\n  `a` int\n)', context).name).toBe('t');
  });
});

describe('the name of a table', () => {
  test('is spelled as the server compares it, in foreign keys as well', () => {
    const lower = { ...context, tableNameCase: 'lower' as const };
    const sql =
      'CREATE TABLE `BookOfShelf` (\n  `Id` int,\n  CONSTRAINT `Own` FOREIGN KEY (`Id`) REFERENCES `shelf` (`Id`),\n' +
      '  CONSTRAINT `Other` FOREIGN KEY (`Id`) REFERENCES `Library`.`Shelf` (`Id`)\n)';
    const { name, columns, foreignKeys } = readCreateTable(sql, lower);
    expect(name).toBe('bookofshelf');
    expect(columns[0]?.name).toBe('Id');
    expect(foreignKeys.map(({ references }) => references.table)).toEqual([{ name: 'shelf' }, { name: 'shelf' }]);
  });
});

describe('a column', () => {
  test.each([
    ['int', 'int'],
    ['int(11)', 'int'],
    ['tinyint(1)', 'tinyint(1)'],
    ['tinyint(4)', 'tinyint'],
    ['int(10) unsigned', 'int unsigned'],
    ['int(5) unsigned zerofill', 'int(5) unsigned zerofill'],
    ['decimal(10,2)', 'decimal(10,2)'],
    ['datetime(3)', 'datetime(3)'],
    ['year(4)', 'year'],
    [`enum('a','b,c','it''s','back\\\\slash')`, `enum('a','b,c','it''s','back\\\\slash')`],
    [`set('x','y')`, `set('x','y')`],
    ['geometrycollection', 'geomcollection'],
    ['point /*!80003 SRID 4326 */', 'point srid 4326'],
    ['inet6', 'inet6'],
  ])('%s has the type %s', (definition, type) => {
    const table = readTable(`\`a\` ${definition} NOT NULL`);
    expect(table.columns).toEqual([{ name: 'a', type, nullable: false }]);
    withoutRest(table);
  });

  test.each([
    [`varchar(9) DEFAULT 'it''s'`, `'it''s'`],
    [String.raw`varchar(9) DEFAULT 'it\'s \\ back\nslash'`, `'it''s \\\\ back\nslash'`],
    [`varchar(9) DEFAULT ''`, `''`],
    [`varchar(9) DEFAULT 'NULL'`, `'NULL'`],
    [`varchar(9) DEFAULT 'a, b) COMMENT c'`, `'a, b) COMMENT c'`],
    ['varchar(9) DEFAULT NULL', undefined],
    [`int DEFAULT '-5'`, '-5'],
    ['int DEFAULT -5', '-5'],
    [`decimal(6,2) DEFAULT '1.50'`, '1.50'],
    ['datetime DEFAULT CURRENT_TIMESTAMP', 'current_timestamp'],
    ['datetime(3) DEFAULT current_timestamp(3)', 'current_timestamp(3)'],
    ['varchar(36) DEFAULT (uuid())', '(uuid())'],
    ['varchar(36) DEFAULT uuid()', 'uuid()'],
    [`varchar(9) DEFAULT (concat(_utf8mb4'a)',_latin1'('))`, `(concat(_utf8mb4'a)',_latin1'('))`],
    [`json DEFAULT (json_object(_utf8mb4'a',json_array(1,2)))`, `(json_object(_utf8mb4'a',json_array(1,2)))`],
    [`bit(3) DEFAULT b'101'`, `b'101'`],
    [`binary(3) DEFAULT 'abc'`, `'abc'`],
    [`varchar(9) DEFAULT _latin1'x'`, `_latin1'x'`],
  ])('%s has the default %s', (definition, value) => {
    expect(firstColumn(`${definition} COMMENT 'c'`)).toMatchObject({ comment: 'c' });
    expect(firstColumn(definition)?.default).toBe(value);
  });

  test('is numbered, invisible, updated, explained', () => {
    const table = readTable(
      [
        '`a` int NOT NULL AUTO_INCREMENT',
        "`b` int DEFAULT '1' /*!80023 INVISIBLE */",
        '`c` int INVISIBLE DEFAULT 1',
        "`d` timestamp(3) NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'it''s (a, b)\\nc'",
        '`e` datetime ON UPDATE current_timestamp()',
      ].join(',\n  '),
    );
    expect(table.columns).toEqual([
      { name: 'a', type: 'int', nullable: false, autoincrement: true },
      { name: 'b', type: 'int', nullable: true, default: '1', invisible: true },
      { name: 'c', type: 'int', nullable: true, default: '1', invisible: true },
      {
        name: 'd',
        type: 'timestamp(3)',
        nullable: true,
        extra: 'on update current_timestamp(3)',
        comment: "it's (a, b)\nc",
      },
      { name: 'e', type: 'datetime', nullable: true, extra: 'on update current_timestamp' },
    ]);
    withoutRest(table);
  });

  test.each([
    ['int GENERATED ALWAYS AS ((`b` + 1)) VIRTUAL', { expression: '`b` + 1', stored: false }],
    ['int GENERATED ALWAYS AS (`b` + 1) STORED NOT NULL', { expression: '`b` + 1', stored: true }],
    ['int GENERATED ALWAYS AS ((`b`) + (1)) PERSISTENT', { expression: '(`b`) + (1)', stored: true }],
    [
      "varchar(9) GENERATED ALWAYS AS (concat(`b`,_utf8mb4')','(')) VIRTUAL COMMENT 'x'",
      { expression: "concat(`b`,_utf8mb4')','(')", stored: false },
    ],
  ])('%s is generated', (definition, generated) => {
    expect(firstColumn(definition)?.generated).toEqual(generated);
  });

  test('has no character set where it has that of its table', () => {
    const options = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
    expect(firstColumn('varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', options)).toEqual({
      name: 'a',
      type: 'varchar(9)',
      nullable: true,
      charset: undefined,
      collation: undefined,
    });
    expect(firstColumn('varchar(9) COLLATE utf8mb4_general_ci', options)).toMatchObject({
      charset: 'utf8mb4',
      collation: 'utf8mb4_general_ci',
    });
    expect(firstColumn('varchar(9) CHARACTER SET latin1', options)).toMatchObject({
      charset: 'latin1',
      collation: 'latin1_swedish_ci',
    });
  });

  test('that is checked gives a check without a name', () => {
    expect(readTable("`a` longtext CHECK (json_valid(`a`)) COMMENT 'c'").checks).toEqual([
      { expression: 'json_valid(`a`)' },
    ]);
  });

  test('what the model has no place for is said', () => {
    expect(readTable("`a` int COLUMN_FORMAT FIXED, `b` int STORAGE 'x' NOT NULL").unmodelled).toEqual([
      'COLUMN_FORMAT of column "a"',
      'FIXED of column "a"',
      `STORAGE 'x' of column "b"`,
    ]);
  });
});

describe('keys', () => {
  const members = (keys: string): Table => readTable(`\`a\` int, \`b\` varchar(9), ${keys}`);

  test('a primary key, with its columns in their order', () => {
    const table = members('PRIMARY KEY (`b`,`a`) USING BTREE');
    expect(table.primaryKey).toEqual({ columns: ['b', 'a'] });
    withoutRest(table);
  });

  test('of a primary key, lengths, order and comment have no place', () => {
    expect(members("PRIMARY KEY (`b`(4),`a` DESC) COMMENT 'c'").unmodelled).toEqual([
      'length of column "b" in the primary key',
      'order of column "a" in the primary key',
      'comment of the primary key',
    ]);
  });

  test('of every kind', () => {
    const table = members(
      [
        'UNIQUE KEY `u` (`a`)',
        'KEY `k``1` (`b`(4) DESC,`a`)',
        "KEY `f` ((lower(`b`)),((`a` + 1)) DESC) COMMENT 'it''s'",
        'KEY `h` (`a`) USING HASH /*!80000 INVISIBLE */',
        'KEY `i` (`a`) IGNORED',
        'FULLTEXT KEY `ft` (`b`) /*!50100 WITH PARSER `ngram` */ ',
        'SPATIAL KEY `s` (`g`)',
      ].join(',\n  '),
    );
    expect(table.indexes).toEqual([
      { name: 'u', unique: true, parts: [{ column: 'a' }] },
      { name: 'k`1', unique: false, parts: [{ column: 'b', length: 4, sort: 'desc' }, { column: 'a' }] },
      {
        name: 'f',
        unique: false,
        parts: [{ expression: 'lower(`b`)' }, { expression: '`a` + 1', sort: 'desc' }],
        comment: "it's",
      },
      { name: 'h', unique: false, parts: [{ column: 'a' }], type: 'hash', invisible: true },
      { name: 'i', unique: false, parts: [{ column: 'a' }], invisible: true },
      { name: 'ft', unique: false, parts: [{ column: 'b' }], type: 'fulltext', parser: 'ngram' },
      { name: 's', unique: false, parts: [{ column: 'g' }], type: 'spatial' },
    ]);
    withoutRest(table);
  });

  test('other options of an index are said', () => {
    expect(members("KEY `k` (`a`) KEY_BLOCK_SIZE=4 ENGINE_ATTRIBUTE='{}'").unmodelled).toEqual([
      'KEY_BLOCK_SIZE=4 of index "k"',
      `ENGINE_ATTRIBUTE='{}' of index "k"`,
    ]);
  });
});

describe('constraints', () => {
  test('checks, enforced or not', () => {
    const table = readTable(
      [
        '`a` int',
        'CONSTRAINT `c``1` CHECK ((`a` <> _utf8mb4\')\') and (`b` <> _latin1"("))',
        'CONSTRAINT `c2` CHECK (((`a` > 0))) /*!80016 NOT ENFORCED */',
      ].join(',\n  '),
    );
    expect(table.checks).toEqual([
      { name: 'c`1', expression: '(`a` <> _utf8mb4\')\') and (`b` <> _latin1"(")' },
      { name: 'c2', expression: '`a` > 0', enforced: false },
    ]);
    withoutRest(table);
  });

  test('foreign keys, with the rules that they state and those that they do not', () => {
    const table = readTable(
      [
        '`a` int',
        'CONSTRAINT `f1` FOREIGN KEY (`a`, `b`) REFERENCES `other` (`x`, `y``z`)',
        'CONSTRAINT `f2` FOREIGN KEY (`a`) REFERENCES `shop`.`other` (`x`) ON DELETE CASCADE ON UPDATE SET NULL',
        'CONSTRAINT `f3` FOREIGN KEY (`a`) REFERENCES `library`.`other` (`x`) ON DELETE RESTRICT ON UPDATE NO ACTION',
      ].join(',\n  '),
    );
    expect(table.foreignKeys).toEqual([
      {
        name: 'f1',
        columns: ['a', 'b'],
        references: { table: { name: 'other' }, columns: ['x', 'y`z'] },
        onDelete: 'no action',
        onUpdate: 'no action',
      },
      {
        name: 'f2',
        columns: ['a'],
        references: { table: { schema: 'shop', name: 'other' }, columns: ['x'] },
        onDelete: 'cascade',
        onUpdate: 'set null',
      },
      {
        name: 'f3',
        columns: ['a'],
        references: { table: { name: 'other' }, columns: ['x'] },
        onDelete: 'restrict',
        onUpdate: 'no action',
      },
    ]);
    withoutRest(table);
  });

  test('a foreign key of another database means tables of that database', () => {
    const sql = 'CREATE TABLE `t` (\n  `a` int,\n  CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `o` (`x`)\n)';
    const [foreignKey] = readCreateTable(sql, { ...context, schema: 'shop' }).foreignKeys;
    expect(foreignKey?.references.table).toEqual({ schema: 'shop', name: 'o' });
  });

  test('members that nobody knows are said', () => {
    expect(readTable('`a` int, PERIOD FOR SYSTEM_TIME (`x`, `y`)').unmodelled).toEqual([
      'PERIOD FOR SYSTEM_TIME (`x`, `y`)',
    ]);
  });
});

describe('the table', () => {
  test('has its options', () => {
    const table = readTable(
      '`a` int',
      "ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 ROW_FORMAT=DYNAMIC COMMENT='it''s = (a), b'",
    );
    expect(table).toMatchObject({
      comment: "it's = (a), b",
      options: { engine: 'InnoDB', charset: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci', rowFormat: 'dynamic' },
      unmodelled: [],
    });
  });

  test('other options are said', () => {
    expect(
      readTable('`a` int', "ENGINE=InnoDB STATS_PERSISTENT=0 /*!50100 TABLESPACE `ts` */ ENCRYPTION='Y'").unmodelled,
    ).toMatchInlineSnapshot(`
        [
          "STATS_PERSISTENT=0",
          "TABLESPACE \`ts\` */ ENCRYPTION='Y'",
        ]
      `);
  });

  test('is partitioned as it says, in a version comment or without', () => {
    const partitions = 'RANGE (`a`)\n(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB)';
    for (const options of [`/*!50100 PARTITION BY ${partitions} */`, `PARTITION BY ${partitions}`]) {
      expect(readTable('`a` int', `ENGINE=InnoDB\n${options}`).options.partitionBy).toBe(partitions);
    }
  });
});

describe('what cannot be read', () => {
  test.each([
    ['', 'expected create, found the end'],
    ['CREATE VIEW `v` AS select 1', 'expected table, found VIEW at character 8'],
    ['CREATE TABLE `t` (\n  `a` int', 'found the end'],
    ['CREATE TABLE `t` (\n  `a`\n)', 'expected'],
    ["CREATE TABLE `t` (\n  `a` varchar(9) DEFAULT 'open\n)", "found 'open\n) at character 45"],
    ['CREATE TABLE `t` (\n  `a` int,\n  KEY `k` (\n)', 'expected a name, found ) at character 43'],
    ['CREATE TABLE `t` (\n  `a` int CHECK (a > 1\n)', 'the end'],
    [
      'CREATE TABLE `t` (\n  `a` int,\n  CONSTRAINT `c` UNIQUE (`a`)\n)',
      'expected foreign key, found UNIQUE at character',
    ],
    [
      'CREATE TABLE `t` (\n  `a` int,\n  CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `o` (`x`) ON DELETE EXPLODE\n)',
      'expected no action, found EXPLODE at character',
    ],
    ['CREATE TABLE `t` (\n  `a` int ?\n)', 'found ? at character 30'],
    ['CREATE TABLE `t` (\n  `a` int\n) COMMENT=5', 'expected a text'],
  ])('%s', (sql, message) => {
    expect(() => readCreateTable(sql, context)).toThrow(UnreadableDefinition);
    expect(() => readCreateTable(sql, context)).toThrow(message);
  });

  test('hostile text ends in a table or in that error, soon', () => {
    const pieces = [
      'CREATE TABLE `t` (',
      '`a` int',
      '(',
      ')',
      ',',
      "'",
      '`',
      '"',
      '\\',
      '/*!',
      '*/',
      'KEY',
      'CHECK',
      ';',
      '\n',
    ];
    for (let seed = 1; seed <= 2_000; seed += 1) {
      const length = (seed * 7) % 40;
      const text = Array.from({ length }, (_, at) => pieces[(seed * (at + 3) * 31 + at * at) % pieces.length]).join(
        ' ',
      );
      try {
        readCreateTable(`CREATE TABLE \`t\` (${text}`, context);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableDefinition);
      }
    }
    const deep = `${'('.repeat(50_000)}1${')'.repeat(50_000)}`;
    expect(readTable(`\`a\` int GENERATED ALWAYS AS (${deep}) VIRTUAL`).columns[0]?.generated?.expression).toBe('1');
  });
});
