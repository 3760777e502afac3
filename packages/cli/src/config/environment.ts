import { DovetailError } from '@dovetail/core';

/** A variable of the environment, and the options that it stands in for. */
interface Variable {
  readonly name: string;
  /** The drivers call the same thing by different names; each looks at its own alone. */
  readonly options: readonly string[];
  read(text: string, name: string): unknown;
}

/** The variables of connection settings. */
const variables: readonly Variable[] = [
  { name: 'DOVETAIL_DB_NAME', options: ['dbName'], read: asText },
  { name: 'DOVETAIL_URL', options: ['connectionString', 'url'], read: asText },
  { name: 'DOVETAIL_HOST', options: ['host'], read: asText },
  { name: 'DOVETAIL_PORT', options: ['port'], read: asNumber },
  { name: 'DOVETAIL_SOCKET_PATH', options: ['socketPath'], read: asText },
  { name: 'DOVETAIL_USER', options: ['user'], read: asText },
  { name: 'DOVETAIL_PASSWORD', options: ['password'], read: asText },
  // An object without settings is what asks all drivers for their defaults of TLS.
  { name: 'DOVETAIL_SSL', options: ['ssl'], read: (text, name) => (asBoolean(text, name) ? {} : undefined) },
  { name: 'DOVETAIL_SCHEMA', options: ['schema'], read: asText },
  { name: 'DOVETAIL_MANAGEMENT_DB_NAME', options: ['managementDbName'], read: asText },
  { name: 'DOVETAIL_CONNECT_TIMEOUT', options: ['connectTimeout'], read: asNumber },
  { name: 'DOVETAIL_STATEMENT_TIMEOUT', options: ['statementTimeout'], read: asNumber },
  { name: 'DOVETAIL_APPLICATION_NAME', options: ['applicationName'], read: asText },
  { name: 'DOVETAIL_CHARSET', options: ['charset'], read: asText },
  { name: 'DOVETAIL_COLLATION', options: ['collation'], read: asText },
  { name: 'DOVETAIL_READONLY', options: ['readonly'], read: asBoolean },
  { name: 'DOVETAIL_BUSY_TIMEOUT', options: ['busyTimeout'], read: asNumber },
];

/**
 * The connection settings that the environment states, by the name of the option.
 *
 * @throws DovetailError `invalid-configuration` where a text is not what the setting takes.
 */
export function settingsOf(environment: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    variables.flatMap(({ name, options, read }) => {
      const text = environment[name];
      const value = text === undefined || text === '' ? undefined : read(text, name);
      return value === undefined ? [] : options.map((option) => [option, value]);
    }),
  );
}

function asText(text: string): string {
  return text;
}

function asNumber(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw misstated(name, text, 'Write a whole number.');
  return value;
}

function asBoolean(text: string, name: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw misstated(name, text, 'Write true or false.');
}

function misstated(where: string, text: string, remedy: string): DovetailError {
  return new DovetailError('invalid-configuration', 'The environment states a setting that cannot be.', [
    { where, what: `is ${text}`, remedy },
  ]);
}
