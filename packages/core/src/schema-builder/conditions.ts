import type { ConditionMetadata, EntityMetadata } from '../metadata/entity-metadata.js';
import { columnType, followReferences } from './column-type.js';
import { findColumn, type BuildContext } from './context.js';

/** The predicate of a partial index, in the database's words. */
export function conditionText(condition: ConditionMetadata, entity: EntityMetadata, context: BuildContext): string {
  const column = (name: string): string => context.driver.ddl.quoteIdentifier(name);
  switch (condition.kind) {
    case 'expression':
      return condition.sql;
    case 'comparison': {
      const [value] = literals(condition.column, [condition.value], entity, context);
      return `${column(condition.column)} ${condition.operator} ${value ?? 'null'}`;
    }
    case 'in': {
      const values = literals(condition.column, condition.values, entity, context).join(', ');
      return `${column(condition.column)} ${condition.negated ? 'not in' : 'in'} (${values})`;
    }
    case 'null':
      return `${column(condition.column)} ${condition.negated ? 'is not null' : 'is null'}`;
    case 'not':
      return `not (${conditionText(condition.condition, entity, context)})`;
    case 'and':
    case 'or':
      return condition.conditions
        .map((operand) => parenthesised(operand, conditionText(operand, entity, context)))
        .join(` ${condition.kind} `);
    default:
      return condition satisfies never;
  }
}

function parenthesised({ kind }: ConditionMetadata, text: string): string {
  return kind === 'and' || kind === 'or' ? `(${text})` : text;
}

/** Values as the column's type has them. */
function literals(
  name: string,
  values: Extract<ConditionMetadata, { readonly kind: 'in' }>['values'],
  entity: EntityMetadata,
  context: BuildContext,
): readonly string[] {
  const column = findColumn(entity, name);
  const source = column && followReferences(column, context);
  if (source === undefined) return [];
  const type = columnType(source, context);
  const logical = source.type.kind === 'logical' ? source.type.type : undefined;
  return values.map((value) => context.driver.types.literal(value, type, logical));
}
