// Compilers attach `context.metadata` only where `Symbol.metadata` exists when the first decorated class is evaluated,
// and Node.js does not have it. The registered symbol is the one that compilers fall back to on their own.
if (!Object.hasOwn(Symbol, 'metadata')) {
  Object.defineProperty(Symbol, 'metadata', { value: Symbol.for('Symbol.metadata') });
}
