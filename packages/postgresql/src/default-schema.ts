import { type Connection, DovetailError, type Problem } from '@dovetail/core/driver';
import { text } from './catalog/row.js';
import { connect, type PostgresqlConnectionOptions } from './connection.js';
import { quoteIdentifier } from './ddl/quote.js';

/**
 * Opens the database for work in its default schema, which must exist: PostgreSQL passes over one that is missing or not
 * to be used, and bare names would mean the tables of the next one, or none at all
 * (postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH).
 *
 * @throws DovetailError with the code `connection-failed`.
 */
export async function connectToSchema(options: PostgresqlConnectionOptions): Promise<Connection> {
  const connection = await connect(options);
  try {
    await rejectUnusable(connection, options);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function rejectUnusable(connection: Connection, options: PostgresqlConnectionOptions): Promise<void> {
  const path = await readSearchPath(connection);
  const existing = await firstExisting(connection, options.schema === undefined ? path.names : [options.schema]);
  if (existing !== undefined && existing === connection.defaultSchema) return;
  const problem = existing === undefined ? missing(options, path) : forbidden(existing, options, path);
  throw new DovetailError('connection-failed', 'The default schema cannot be used.', [problem]);
}

/** Where bare names are looked up. */
interface SearchPath {
  readonly role: string;
  readonly setting: string;
  readonly names: readonly string[];
}

async function readSearchPath(connection: Connection): Promise<SearchPath> {
  const [session = {}] = await connection.query(
    "select current_user::text as role, current_setting('search_path') as setting",
  );
  const [role, setting] = [text(session, 'role'), text(session, 'setting')];
  return { role, setting, names: namesIn(setting, role) };
}

/** A name is in quotes where it is not in lower case, as `"$user"` is, which stands for the role. */
function namesIn(setting: string, role: string): readonly string[] {
  return [...setting.matchAll(/"((?:[^"]|"")+)"|[^\s,"]+/gu)].map(([word, quoted]) => {
    const name = quoted?.replaceAll('""', '"') ?? word.toLowerCase();
    return name === '$user' ? role : name;
  });
}

async function firstExisting(connection: Connection, names: readonly string[]): Promise<string | undefined> {
  const [found] = await connection.query(
    `select nspname::text as name from pg_catalog.pg_namespace
     where nspname = any ($1::text[]) order by pg_catalog.array_position($1::text[], nspname::text) limit 1`,
    [names],
  );
  return found && text(found, 'name');
}

function forbidden(existing: string, { dbName, schema }: PostgresqlConnectionOptions, { role }: SearchPath): Problem {
  const grant = `Let its owner run: grant usage on schema ${quoteIdentifier(existing)} to ${quoteIdentifier(role)}`;
  return {
    where: `${dbName}: schema "${existing}"`,
    what: `may not be used by the role "${role}", which lacks the privilege USAGE on it`,
    remedy: schema === undefined ? `${grant}; or name the schema that is meant: schema: 'shop'` : grant,
  };
}

function missing({ dbName, schema }: PostgresqlConnectionOptions, { setting }: SearchPath): Problem {
  if (schema === undefined) {
    return {
      where: `${dbName}: search_path`,
      what: `is ${setting}, and no schema of it exists`,
      remedy: "Run: create schema public; or name the schema that is meant: schema: 'shop'",
    };
  }
  return {
    where: `${dbName}: schema "${schema}"`,
    what: 'does not exist',
    remedy: `Create it with ensureDatabase, or run: create schema ${quoteIdentifier(schema)}`,
  };
}
