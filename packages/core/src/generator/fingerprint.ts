import { sha256 } from '../hash.js';
import type { Schema } from '../model/schema.js';

/** A hash that is the same for two readings of one schema. */
export function fingerprint(schema: Schema): string {
  return sha256(JSON.stringify(schema));
}
