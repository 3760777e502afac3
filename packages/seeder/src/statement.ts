import type { EntityMetadata } from '@dovetail/core';
import type { ObjectName, Row } from '@dovetail/core/driver';
import type { SeedModel } from './model.js';
import { refusedByDatabase } from './problem.js';

/** A column, and the value that it has or gets. */
export interface Assignment {
  readonly name: string;
  readonly value: unknown;
}

/** What a row that was laid out says of its columns. */
export function givenColumns(columns: readonly string[], parameters: readonly unknown[]): Assignment[] {
  return columns.map((name, index) => ({ name, value: parameters[index] })).filter(({ value }) => value !== undefined);
}

/** `a = ?, b = ?`, to be joined, with parameters from that number on. */
export function equalities(assignments: readonly Assignment[], first: number, { orm }: SeedModel): string[] {
  const { quoteIdentifier } = orm.driver.ddl;
  return assignments.map(
    ({ name }, index) => `${quoteIdentifier(name)} = ${orm.connection.placeholder(first + index)}`,
  );
}

/** Runs a statement about an entity, with these values. */
export async function runStatement(
  { className }: EntityMetadata,
  sql: string,
  values: readonly Assignment[],
  { orm }: SeedModel,
): Promise<readonly Row[]> {
  try {
    return await orm.connection.query(
      sql,
      values.map(({ value }) => value),
    );
  } catch (error) {
    throw refusedByDatabase(className, error);
  }
}

/** The name of a table as a statement writes it. */
export function quoteName({ schema, name }: ObjectName, { orm }: SeedModel): string {
  const { quoteIdentifier } = orm.driver.ddl;
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
