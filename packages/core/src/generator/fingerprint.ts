import { createHash } from 'node:crypto';
import type { Schema } from '../model/schema.js';

/** A hash that is the same for two readings of one schema. */
export function fingerprint(schema: Schema): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex');
}
