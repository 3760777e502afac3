import type { IndexColumnOptions, UniqueOptions } from '@dovetail/core';
import type { Index, IndexPart, Table, UniqueConstraint } from '@dovetail/core/driver';
import type { IndexDescription } from './description.js';
import { sameOrder } from './references.js';
import type { Source } from './source.js';

/** An index or a unique constraint, in the words of a decorator. */
export interface DeclaredIndex {
  readonly name: string | undefined;
  readonly unique: boolean;
  /** Its columns, where it is what the options `index` and `unique` of a property make. */
  readonly plain: readonly string[] | undefined;
  readonly parts: readonly IndexPart[];
  /** All that is said of it besides its name and its parts; `include` in columns. */
  readonly options: UniqueOptions;
  readonly include: readonly string[];
}

export function declaredIndexes(table: Table, source: Pick<Source, 'capabilities'>): readonly DeclaredIndex[] {
  return [...table.uniques.map(ofConstraint), ...table.indexes.map((index) => ofIndex(index, source))];
}

function ofConstraint({ name, columns, deferrable, nullsNotDistinct, include = [] }: UniqueConstraint): DeclaredIndex {
  const options: UniqueOptions = {
    ...(deferrable !== undefined && { deferMode: deferrable }),
    ...(nullsNotDistinct === true && { nullsNotDistinct }),
  };
  const isPlain = Object.keys(options).length === 0 && include.length === 0;
  return {
    name,
    unique: true,
    plain: isPlain ? columns : undefined,
    parts: columns.map((column) => ({ column })),
    options,
    include,
  };
}

function ofIndex(index: Index, { capabilities }: Pick<Source, 'capabilities'>): DeclaredIndex {
  const { name, unique, parts, include = [] } = index;
  const options = optionsOf(index);
  const isPlain = Object.keys(options).length === 0 && include.length === 0 && parts.every(isPlainPart);
  // Over plain columns alone, `@Unique` makes a constraint where the database has them: stating the kind makes an index.
  const needsType = isPlain && unique && capabilities.uniqueAs === 'constraint';
  return {
    name,
    unique,
    plain: isPlain && !needsType ? parts.flatMap((part) => ('column' in part ? [part.column] : [])) : undefined,
    parts,
    options: needsType ? { ...options, type: capabilities.defaultIndexType } : options,
    include,
  };
}

function optionsOf({ where, type, nullsNotDistinct, invisible, storage, comment, parser }: Index): UniqueOptions {
  return {
    ...(where !== undefined && { where }),
    ...(type !== undefined && { type }),
    ...(nullsNotDistinct === true && { nullsNotDistinct }),
    ...(invisible === true && { invisible }),
    ...(storage !== undefined && Object.keys(storage).length > 0 && { storage }),
    ...(comment !== undefined && comment !== '' && { comment }),
    ...(parser !== undefined && { parser }),
  };
}

function isPlainPart(part: IndexPart): boolean {
  return 'column' in part && Object.values(optionsOfPart(part)).length === 0;
}

function optionsOfPart({ sort, nulls, length, opclass, collation }: IndexPart): IndexColumnOptions {
  return {
    ...(sort === 'desc' && { sort }),
    ...(nulls !== undefined && { nulls }),
    ...(length !== undefined && { length }),
    ...(opclass !== undefined && { opclass }),
    ...(collation !== undefined && { collation }),
  };
}

/** What the options `index` and `unique` of a property say, or a decorator's `name`: nothing where it is derived. */
export function statedName(
  { name, unique, parts, options }: Pick<DeclaredIndex, 'name' | 'unique' | 'parts' | 'options'>,
  table: Table,
  { naming }: Pick<Source, 'naming'>,
): string | undefined {
  const columns = parts.map((part) => ('column' in part ? part.column : 'expression'));
  const where = typeof options.where === 'string' ? options.where : undefined;
  const derived = naming.constraintName(
    unique ? { kind: 'unique', table: table.name, columns } : { kind: 'index', table: table.name, columns, where },
  );
  return name === derived ? undefined : name;
}

/** An index of the class. `propertyOf` gives the name by which a decorator knows a column. */
export function describeIndex(
  index: DeclaredIndex,
  table: Table,
  source: Pick<Source, 'naming'>,
  propertyOf: (column: string) => string,
): IndexDescription {
  const { unique, parts, options, include } = index;
  const name = statedName(index, table, source);
  return {
    unique,
    options: {
      ...(name !== undefined && { name }),
      ...indexed(parts, propertyOf),
      ...(include.length > 0 && { include: include.map(propertyOf) }),
      ...options,
    },
  };
}

function indexed(parts: readonly IndexPart[], propertyOf: (column: string) => string): UniqueOptions {
  if (parts.every(isPlainPart)) {
    return { properties: parts.flatMap((part) => ('column' in part ? [propertyOf(part.column)] : [])) };
  }
  const [part, ...others] = parts;
  if (part !== undefined && others.length === 0 && 'expression' in part && isBare(part)) {
    return { expression: part.expression };
  }
  return {
    columns: parts.map((member) => ({
      ...('column' in member ? { name: propertyOf(member.column) } : { expression: member.expression }),
      ...optionsOfPart(member),
    })),
  };
}

function isBare(part: IndexPart): boolean {
  return Object.keys(optionsOfPart(part)).length === 0;
}

/** Whether an index finds rows by these columns: it starts with them, or the primary key does. */
export function isCovered(columns: readonly string[], table: Table, indexes: readonly DeclaredIndex[]): boolean {
  const keys = [table.primaryKey?.columns ?? [], ...indexes.map(searchableColumns)];
  return keys.some((key) => sameOrder(key.slice(0, columns.length), columns));
}

/** The columns by which an index finds rows, up to its first part that is not the plain value of a column. */
function searchableColumns({ parts, options }: DeclaredIndex): readonly string[] {
  if (options.where !== undefined || (options.type !== undefined && options.type !== 'btree')) return [];
  const isWhole = (part: IndexPart): boolean => 'column' in part && isBare({ ...part, sort: undefined });
  const end = parts.findIndex((part) => !isWhole(part));
  return parts.slice(0, end === -1 ? undefined : end).flatMap((part) => ('column' in part ? [part.column] : []));
}
