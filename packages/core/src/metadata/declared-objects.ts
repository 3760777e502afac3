import type { Declared } from '../decorators/declarations.js';
import type { CheckOptions } from '../decorators/check.js';
import { makeIndex } from './declared-indexes.js';
import type { DeclarationSource } from './entity-model.js';
import type { CheckMetadata } from './entity-metadata.js';
import { nameOr } from './foreign-keys.js';
import type { Layout, PropertyContext } from './layout.js';
import { evaluateSql } from './scope.js';
import { beginsWith } from './sql-words.js';

/** The indexes and checks that decorators of a class, or of its properties, declare besides the columns. */
export function layOutDeclared({ className, declarations }: DeclarationSource, context: PropertyContext): Layout {
  const originOf = ({ property }: Declared<object>): string =>
    property === undefined ? className : `${className}.${property}`;
  return {
    columns: [],
    foreignKeys: [],
    indexes: [
      ...declarations.indexes.flatMap((declared) => makeIndex(declared, false, originOf(declared), context)),
      ...declarations.uniques.flatMap((declared) => makeIndex(declared, true, originOf(declared), context)),
    ],
    checks: declarations.checks.flatMap((declared) => makeCheck(declared, className, originOf(declared), context)),
  };
}

function makeCheck(
  { property, options }: Declared<CheckOptions>,
  className: string,
  origin: string,
  context: PropertyContext,
): CheckMetadata[] {
  const { scope, naming, table, problems } = context;
  const sql = evaluateSql(options.expression, scope, { where: origin, option: 'expression' }, problems);
  const columns = property === undefined ? [] : scope.columnsOf(property);
  if (columns === undefined) {
    problems.report(
      className,
      `a check names "${property ?? ''}", which is not a property`,
      'Name a property of the class, or leave `property` out.',
    );
  }
  if (sql !== undefined && beginsWith(sql, 'exclude')) {
    problems.report(
      origin,
      'a check is an exclusion constraint',
      "Write `@Exclusion({ name: 'no_overlap', expression: 'using gist (...)' })`.",
    );
  }
  if (sql === undefined || columns === undefined) return [];
  const name = nameOr(options.name, () =>
    naming.constraintName({ kind: 'check', table, columns, expression: sql, isEnum: false }),
  );
  const check: CheckMetadata = { origin, name, expression: { kind: 'expression', sql } };
  return [options.enforced === false ? { ...check, enforced: false } : check];
}
