/**
 * The SHA-256 hash of a text, in hexadecimal. The module that makes it takes several milliseconds to load, and most runs
 * need none.
 */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}
