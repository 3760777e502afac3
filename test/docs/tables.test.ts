import { logicalTypes } from '@dovetail/core/driver';
import { EntityCaseNamingStrategy, sqliteDriver, UnderscoreNamingStrategy } from '@dovetail/sqlite';
import { describe, expect, test } from 'vitest';
import { kindsOf, literalsOf, memberNames } from './exports.js';
import { namesIn, rowsIn } from './sections.js';

const runtime = {
  entity: 'Of entities',
  property: 'Of properties',
  relation: 'Of relations',
  collection: 'Of collections',
};
const column = ['Options of every column', runtime.property];
const reference = [
  ...column,
  runtime.relation,
  'Options of foreign keys',
  'Options of the end with the columns',
  '@ManyToOne',
];
const collection = [runtime.property, runtime.relation, runtime.collection];

/** Under which headings the options of each decorator stand, all together. */
const decorators = [
  { options: 'EntityOptions', sections: ['@Entity', 'Inheritance', runtime.entity] },
  { options: 'PropertyOptions', sections: ['@Property', ...column] },
  { options: 'EnumOptions', sections: ['@Enum', '@Property', ...column] },
  { options: 'ManyToOneOptions', sections: reference },
  { options: 'OneToOneOptions', sections: ['@OneToOne', ...reference] },
  { options: 'OneToManyOptions', sections: ['@OneToMany', ...collection] },
  { options: 'ManyToManyOptions', sections: ['@ManyToMany', 'Options of foreign keys', ...collection] },
  { options: 'EmbeddableOptions', sections: ['@Embeddable', 'Inheritance'] },
  { options: 'EmbeddedOptions', sections: ['@Embedded', 'Options of the JSON column', runtime.property] },
  { options: 'IndexOptions', sections: ['@Index'] },
  { options: 'IndexColumnOptions', sections: ['Options of columns in an index'] },
  { options: 'UniqueOptions', sections: ['@Unique', '@Index'] },
  { options: 'CheckOptions', sections: ['@Check'] },
  { options: 'ExclusionOptions', sections: ['@Exclusion'] },
  { options: 'TriggerOptions', sections: ['@Trigger'] },
];

const schemaGenerator = [
  { options: 'SqliteOptions', sections: ['Dovetail.init'] },
  { options: 'DiscoveryOptions', sections: ['Discovery'] },
  { options: 'SchemaGenerator', sections: ['Methods'] },
  { options: 'UpdateOptions', sections: ['Options of an update'] },
  { options: 'ApplyOptions', sections: ['Options of applying'] },
  { options: 'DumpOptions', sections: ['Options of the SQL getters'] },
  { options: 'RefreshOptions', sections: ['Options of dropping and refreshing'] },
  { options: 'EnsureDatabaseOptions', sections: ['Options of ensuring'] },
  { options: 'SchemaGeneratorOptions', sections: ['Configuration'] },
];

const pages = [
  { page: 'docs/decorators.md', tables: decorators },
  { page: 'docs/schema-generator.md', tables: schemaGenerator },
  { page: 'docs/migrations.md', tables: [{ options: 'MigrationsOptions', sections: ['Options'] }] },
  {
    page: 'docs/mysql-and-mariadb.md',
    tables: [{ options: 'MysqlConnectionOptions', sections: ['The connection'] }],
  },
  {
    page: 'docs/postgresql.md',
    tables: [{ options: 'PostgresqlConnectionOptions', sections: ['The connection'] }],
  },
  {
    page: 'docs/seeder.md',
    tables: [
      { options: 'SeedDatabase', sections: ['The database'] },
      { options: 'SeederOptions', sections: ['Options'] },
    ],
  },
  {
    page: 'docs/entity-generator.md',
    tables: [{ options: 'EntityGeneratorOptions', sections: ['Options'] }],
  },
  { page: 'docs/reflection.md', tables: [{ options: 'ReflectionOptions', sections: ['Options'] }] },
  { page: 'docs/naming-strategies.md', tables: [{ options: 'NamingStrategy', sections: ['Your own'] }] },
];

describe.each(pages)('the tables of $page', ({ page, tables }) => {
  test.each(tables)('have every option of $options, and no other', ({ options, sections }) => {
    const documented = new Set(sections.flatMap((section) => namesIn(page, section)));
    expect([...documented].sort()).toEqual(memberNames(options).sort());
  });
});

describe('the tables of docs/safety.md and docs/plans.md', () => {
  test('have every kind of hazard, and every kind of change', () => {
    expect(namesIn('docs/safety.md', 'Hazards').sort()).toEqual(literalsOf('HazardKind').sort());
    expect(namesIn('docs/plans.md', 'Changes').sort()).toEqual(kindsOf('Change').sort());
  });

  test('have every key of a plan, and of a step', () => {
    expect(namesIn('docs/plans.md', 'Plans as JSON').sort()).toEqual(memberNames('Plan').sort());
    expect(namesIn('docs/plans.md', 'Steps').sort()).toEqual(memberNames('Step').sort());
  });
});

describe('the tables of docs/types.md', () => {
  test('have the column of every type', () => {
    const ours = logicalTypes.map((type) => {
      const [ordinary, strict] = [false, true].map((isStrict) =>
        sqliteDriver.types.columnType(type, { strict: isStrict }),
      );
      return { type, ordinary, strict };
    });
    const shown = rowsIn('docs/types.md', 'SQLite').map(([type, , ordinary, strict]) => ({ type, ordinary, strict }));
    expect(shown).toEqual(ours);
  });
});

test('the names that the strategies make are those that docs/naming-strategies.md shows', () => {
  const shown = rowsIn('docs/naming-strategies.md', 'The two that come along').map(([, ...names]) => names);
  const strategies = [new UnderscoreNamingStrategy(), new EntityCaseNamingStrategy()];
  const ours = strategies.map((strategy) => {
    const [table, createdAt] = [strategy.classToTableName('Book'), strategy.propertyToColumnName('createdAt')];
    return [
      strategy.classToTableName('BookTag'),
      createdAt,
      strategy.joinColumnName('author', 'id', false),
      strategy.joinTableName(table, strategy.classToTableName('Tag'), 'tags'),
      strategy.joinKeyColumnName(table, 'id', false),
      strategy.discriminatorColumnName('Book'),
      strategy.embeddedColumnName(`${strategy.propertyToColumnName('home')}_`, 'street'),
      strategy.indexName(table, [createdAt], 'index'),
    ];
  });
  expect(shown).toEqual(ours[0]?.map((name, index) => [name, ours[1]?.[index]]));
});

test('every error code is in the table of one of the pages', () => {
  const pagesOfCodes = ['docs/schema-generator.md', 'docs/migrations.md'];
  expect(pagesOfCodes.flatMap((page) => namesIn(page, 'Codes')).sort()).toEqual(literalsOf('ErrorCode').sort());
});
