import { describe, expect, test } from 'vitest';
import {
  Check,
  Embeddable,
  Embedded,
  Entity,
  Enum,
  Index,
  ManyToOne,
  OneToMany,
  PrimaryKey,
  Property,
  Trigger,
} from '../decorators/index.js';
import { discoverEntities } from './discover-entities.js';
import type { EntityClass } from './entity-class.js';
import { mistakes, problemsOf } from './discover.fixture.js';

@Entity()
class Author {
  @PrimaryKey() id!: number;
}

test('mistakes of every kind are told in one error', async () => {
  @Index({ properties: 'missing' })
  @Check({ property: 'nothing', expression: 'true' })
  @Entity({ discriminatorValue: 'x' })
  class Sample {
    @Property() anything!: unknown;
    @Property({ default: 1, generated: '(2)' }) sum!: number;
    @Property({ name: 'sum' }) total!: number;
    @ManyToOne('Nemo') named!: object;
    @OneToMany({ entity: () => Author }) unsaid!: object[];
    @Enum() status!: string;
  }

  expect(await mistakes('./nowhere/*.js', Sample, Author)).toEqual([
    expect.stringMatching('entities: no file matches'),
    'Sample.sum: it has a default and is generated',
    'Sample.unsaid: it does not say which property at the other end references it',
    'Sample: it has a `discriminatorValue`, and no class that it extends has a `discriminatorColumn`',
    'Sample.named: it references Nemo, which is not among the entities',
    'Sample.anything: its type is not known at run time',
    'Sample.status: the values of the enum are not known',
    'Sample: an index names "missing", which is not a property with a column',
    'Sample: a check names "nothing", which is not a property',
    'Sample.total: its column "sum" is the column of Sample.sum already',
    'Sample: it has no primary key',
  ]);
});

test('all mistakes of all entities are told at once', async () => {
  @Entity()
  class One {
    @Property() title!: string;
  }
  @Entity()
  class Two {
    @PrimaryKey() id!: number;
    @Property() anything!: unknown;
  }

  const message: unknown = expect.stringContaining('2 mistakes');

  await expect(discoverEntities({ entities: [One, Two] })).rejects.toMatchObject({
    code: 'invalid-metadata',
    message,
    problems: [
      { where: 'Two.anything', what: 'its type is not known at run time', code: 'unknown-type' },
      { where: 'One', what: 'it has no primary key', remedy: 'Add `@PrimaryKey()` to one of its properties.' },
    ],
  });
});

describe('entities', () => {
  test('there must be one', async () => {
    expect(await mistakes()).toEqual(['entities: there is no entity']);
    expect(await problemsOf([], { discovery: { warnWhenNoEntities: false } })).toEqual([]);
  });

  test('are decorated classes', async () => {
    class Plain {
      id!: number;
    }

    expect(await mistakes(Author, Plain)).toEqual(['Plain: the class is in `entities` but has no `@Entity()`']);
  });

  test('are not undefined, as a circular import makes them', async () => {
    const entities: EntityClass[] = [Author];
    Reflect.set(entities, 1, undefined);

    expect(await mistakes(...entities)).toEqual([
      'entities: undefined is in the list where a class or a glob is expected',
    ]);
  });

  test('match the glob', async () => {
    expect((await mistakes(Author, './nowhere/*.js'))[0]).toMatch(/^entities: no file matches "\.\/nowhere\/\*\.js"/);
  });

  test('have names and tables of their own', async () => {
    const Other = (() => {
      @Entity({ tableName: 'other' })
      class Author {
        @PrimaryKey() id!: number;
      }
      return Author;
    })();
    @Entity({ tableName: 'author' })
    class Writer {
      @PrimaryKey() id!: number;
    }

    expect(await mistakes(Author, Other)).toContain('Author: two entity classes have this name');
    expect(await mistakes(Author, Writer)).toEqual(['Writer: its table "author" is the table of Author already']);
  });

  test('of a view have a query', async () => {
    @Entity({ view: true })
    class Totals {
      @Property() total!: number;
    }

    expect(await mistakes(Totals)).toEqual(['Totals: the view has no query']);
  });

  test('that continue the rows of another have no key of their own', async () => {
    @Entity({ inheritance: 'tpt' })
    class Person {
      @PrimaryKey() id!: number;
    }
    @Entity()
    class Employee extends Person {
      @PrimaryKey() number!: number;
    }

    expect(await mistakes(Employee)).toEqual([
      'Employee: it has a primary key besides the one of Person, whose rows its own continue',
    ]);
  });

  test('had a name of their own before', async () => {
    @Entity({ previousName: 'writer' })
    class Writer {
      @PrimaryKey() id!: number;
    }

    @Entity({ previousName: 'person' })
    class Editor {
      @PrimaryKey() id!: number;
    }

    @Entity({ previousName: 'person' })
    class Reader {
      @PrimaryKey() id!: number;
    }

    expect(await mistakes(Writer, Editor, Reader)).toEqual([
      'Writer: its `previousName` is the name that it has',
      'Reader: its `previousName` is that of Editor too',
    ]);
  });

  test('may take the name that another had before', async () => {
    @Entity({ previousName: 'author' })
    class Writer {
      @PrimaryKey() id!: number;
    }

    expect(await mistakes(Author, Writer)).toEqual([]);
  });
});

describe('properties', () => {
  test('contradict neither themselves nor each other', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ default: 1, generated: '(2)' }) sum!: number;
      @Property({ name: 'sum' }) total!: number;
      @Property({ default: Number.NaN }) rate!: number;
      @Property() @Property({ length: 3 }) code!: string;
      @Property() static shared: string;
      @Enum() status!: string;
      @Enum({ items: ['a', 1] }) mixed!: string;
      @Property({ type: Author }) author!: object;
      @Property({ previousName: 'width' }) width!: number;
      @Property({ previousName: 'x' }) y!: number;
      @Property({ previousName: 'x' }) z!: number;
    }

    expect(await mistakes(Sample)).toEqual([
      'Sample.shared: the property is static',
      'Sample.sum: it has a default and is generated',
      'Sample.code: it has two decorators that each make a property of it',
      "Sample.rate: its default can't be stored: NaN is not a number that a column can hold",
      'Sample.status: the values of the enum are not known',
      'Sample.mixed: its enum mixes texts and numbers',
      'Sample.author: no column type is known for its type Author',
      'Sample.total: its column "sum" is the column of Sample.sum already',
      'Sample.width: its `previousName` is the name that it has',
      'Sample.z: its `previousName` is that of Sample.y too',
    ]);
  });

  test('have one column, with one name', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ name: 'a', fieldName: 'b' }) twice!: number;
      @Property({ fieldNames: ['c', 'd'], columnTypes: ['int', 'int'] }) several!: number;
      @Property({ name: 'e', fieldNames: ['e'], columnTypes: ['int'] }) once!: number;
      @Enum({ items: [1, 2], nativeEnumName: 'level' }) level!: number;
    }

    expect(await mistakes(Sample)).toEqual([
      'Sample.twice: it has one column, and is given the names "a" and "b"',
      'Sample.several: it has one column, and is given the names "c" and "d"',
      'Sample.several: it has one column, and 2 `columnTypes`',
      'Sample.level: its `nativeEnumName` is for an enum of texts, and the values are numbers',
    ]);
  });

  test('may exchange their names', async () => {
    @Entity()
    class Sample {
      @PrimaryKey() id!: number;
      @Property({ previousName: 'b' }) a!: number;
      @Property({ previousName: 'a' }) b!: number;
    }

    expect(await mistakes(Sample)).toEqual([]);
  });

  test('that share a column in one table say the same of it', async () => {
    @Entity({ discriminatorColumn: 'type' })
    class Base {
      @PrimaryKey() id!: number;
    }
    @Entity()
    class Left extends Base {
      @Property() size!: number;
    }
    @Entity()
    class Right extends Base {
      @Property() size!: string;
    }

    expect(await mistakes(Base, Left, Right)).toEqual([
      'Right.size: it shares the column "size" with Left.size, and says something else of it',
    ]);
  });
});

test('embedded objects are of an embeddable class that does not embed itself', async () => {
  @Embeddable()
  class Loop {
    @Embedded(() => Loop) inner!: object;
    @OneToMany(() => Author, 'id') authors!: object[];
  }
  @Entity()
  class Sample {
    @PrimaryKey() id!: number;
    @Embedded(() => Author) author!: object;
    @Embedded() unknown!: unknown;
    @Embedded(() => Loop) loop!: Loop;
  }

  expect(await mistakes(Author, Sample)).toEqual([
    'Sample.author: what it embeds is not a class with `@Embeddable()`',
    'Sample.unknown: the embedded class is not known',
    'Sample.loop.inner: the embedded class embeds itself',
    'Sample.loop.authors: an embeddable can reference entities, not be referenced by them',
  ]);
});

test('embedded objects say of their columns only what can be said of each', async () => {
  @Embeddable()
  class Size {
    @Property() width!: number;
  }
  @Entity()
  class Sample {
    @PrimaryKey() id!: number;
    @Embedded({ index: true, comment: 'in cm', nullable: true }) size!: Size;
    @Embedded({ index: true, comment: 'in cm', object: true }) packed!: Size;
  }

  expect(await mistakes(Sample)).toEqual([
    'Sample.size: its `comment` is about one column, and it is spread over those of its properties',
    'Sample.size: its `index` is about one column, and it is spread over those of its properties',
  ]);
});

test('what is written for another tool is told in its own words', async () => {
  @Index({ name: 'by_name', expression: 'create index by_name on sample (lower(name))' })
  @Check({ name: 'apart', expression: 'EXCLUDE using gist (id with =)' })
  @Entity()
  class Sample {
    @PrimaryKey() id!: number;
    @Property({ name: 'exclude_me' }) name!: string;
  }

  expect(await mistakes(Sample)).toEqual([
    "Sample: an index's `expression` is a whole statement",
    'Sample: a check is an exclusion constraint',
  ]);
});

test('partitions are not declared', async () => {
  @Entity({ partitionBy: { type: 'hash', expression: 'id', partitions: 4 } })
  class Sample {
    @PrimaryKey() id!: number;
  }

  expect(await mistakes(Sample)).toEqual(['Sample: it declares the partitions of its table, which are not managed']);
});

test('indexes, checks and triggers name properties that exist', async () => {
  @Index({ properties: ['nane'] })
  @Index()
  @Check({ expression: (columns) => `${columns.prise ?? ''} > 0` })
  @Check({ property: 'cost', expression: 'true' })
  @Trigger({ timing: 'before', events: [{ update: ['prize'] }], body: 'select 1;' })
  @Entity()
  class Sample {
    @PrimaryKey() id!: number;
    @Property() name!: string;
  }

  expect(await mistakes(Sample)).toEqual([
    'Sample: an index names nothing to be indexed',
    'Sample: an index names "nane", which is not a property with a column',
    'Sample: a check names "cost", which is not a property',
    'Sample: the function given as `expression` failed: there is no column for "prise"',
    'Sample: a trigger names "prize", which is not a property',
  ]);
});
