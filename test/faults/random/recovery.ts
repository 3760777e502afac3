import type { RunningServer } from '../../servers/server-process.js';
import { type Access, withConnection } from './place.js';

/**
 * MySQL 9.7 that was killed sometimes takes the file of a table for missing which is there, until it has started once more:
 * about once in twenty kills here, whatever the settings that make it durable.
 */
export async function whenRecovered(access: Access, server: RunningServer): Promise<void> {
  try {
    await withConnection(access, (connection) => access.introspect(connection));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ER_TABLESPACE_MISSING')) throw error;
    await server.crash();
  }
}
