import fc from 'fast-check';
import type { ColumnSpec, Evolution, Model, PlainType, ReferenceSpec, TypeSpec } from './model.js';

const plainTypes: readonly PlainType[] = ['text', 'smallint', 'integer', 'bigint', 'double', 'date', 'datetime'];
const decimals = [
  { kind: 'decimal', precision: 4, scale: 1 },
  { kind: 'decimal', precision: 7, scale: 2 },
  { kind: 'decimal', precision: 12, scale: 4 },
] as const satisfies readonly TypeSpec[];

const types: fc.Arbitrary<TypeSpec> = fc.oneof(
  fc.constantFrom(3, 4, 12, 40).map((length): TypeSpec => ({ kind: 'string', length })),
  fc.subarray(['a', 'b', 'abc', '7'], { minLength: 1 }).map((items): TypeSpec => ({ kind: 'enum', items })),
  fc.constantFrom<TypeSpec>(...decimals),
  fc.constantFrom(...plainTypes).map((kind): TypeSpec => ({ kind })),
);

const often = fc.boolean();
const seldom = fc.integer({ min: 0, max: 4 }).map((number) => number === 4);

const attributes = {
  type: types,
  nullable: often,
  unique: seldom,
  checked: seldom,
  hasDefault: seldom,
  backfilled: seldom,
};

function column(id: string): fc.Arbitrary<ColumnSpec> {
  return fc.record({ ...attributes, id: fc.constant(id), name: fc.constant(id) });
}

/** What becomes of a column: some attributes may be others, the name too, or it goes. */
const fates = fc.record({ isGone: seldom, isRenamed: seldom, changes: fc.record(attributes, { requiredKeys: [] }) });
type Fate = typeof fates extends fc.Arbitrary<infer Item> ? Item : never;

function evolve(before: ColumnSpec, { isGone, isRenamed, changes }: Fate): readonly ColumnSpec[] {
  if (isGone) return [];
  return [{ ...before, ...changes, ...(isRenamed && { name: `${before.name}_renamed` }) }];
}

const references = fc.constantFrom<ReferenceSpec>('none', 'number', 'foreign-key');

const ids = ['c0', 'c1', 'c2'];

export const evolutions: fc.Arbitrary<Evolution> = fc
  .record({
    columns: fc.tuple(...ids.map(column)),
    fates: fc.tuple(...ids.map(() => fates)),
    added: fc.array(column('c3'), { maxLength: 1 }),
    reference: references,
    referenceAfter: references,
    isRekeyed: seldom,
    hasNotes: often,
    hasNotesAfter: often,
    rows: fc.array(fc.array(fc.nat({ max: 99 }), { minLength: 5, maxLength: 5 }), { maxLength: 5 }),
    notes: fc.nat({ max: 2 }),
    consent: seldom,
  })
  .map(({ rows, notes, consent, ...drawn }): Evolution => {
    const before: Model = { columns: drawn.columns, reference: drawn.reference, notes: drawn.hasNotes };
    const kept = drawn.columns.flatMap((spec, index) => {
      const fate = drawn.fates[index];
      return fate === undefined ? [] : evolve(spec, fate);
    });
    const columns = [...kept, ...drawn.added];
    const key = drawn.isRekeyed
      ? columns.find(({ type }) => type.kind === 'string' || type.kind === 'integer')?.id
      : undefined;
    return {
      before,
      after: { columns, reference: drawn.referenceAfter, key, notes: drawn.hasNotesAfter },
      rows,
      notes,
      consent,
    };
  });
