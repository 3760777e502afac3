import { inject } from 'vitest';
import type { ServerName } from './setup.js';

export type { ServerName } from './setup.js';

/**
 * Where a server of the test run is.
 *
 * @throws Error that says what to do, where there is none.
 */
export function serverUrl(name: ServerName): string {
  const server = inject('servers')[name];
  if ('missing' in server) throw new Error(server.missing);
  return server.url;
}
