import type { Capabilities, Feature } from '../driver.js';
import type { ReferentialAction, TableOptions } from '../model/schema.js';
import type { BuildContext } from './context.js';

/** How a missing feature is called in a message, and what asks for it. */
interface FeatureWords {
  readonly plural: string;
  readonly remedy: string;
}

const words: Readonly<Record<Feature, FeatureWords>> = {
  namespaces: { plural: 'schemas', remedy: 'Remove `schema`.' },
  'native-enum': { plural: 'enum types of their own', remedy: 'Remove `nativeEnumName`.' },
  'table-comment': { plural: 'table comments', remedy: 'Remove `comment`.' },
  'column-comment': { plural: 'column comments', remedy: 'Remove `comment`.' },
  'column-collation': { plural: 'collations of columns', remedy: 'Remove `collation`.' },
  'column-charset': { plural: 'character sets of columns', remedy: 'Remove `charset`.' },
  'column-extra': { plural: 'further column attributes', remedy: 'Remove `extra`.' },
  unsigned: { plural: 'unsigned columns', remedy: 'Remove `unsigned`; a check such as `amount >= 0` does the same.' },
  zerofill: { plural: 'zero-filled columns', remedy: 'Remove `zerofill`.' },
  srid: { plural: 'spatial reference systems of columns', remedy: 'Remove `srid`.' },
  'invisible-column': { plural: 'invisible columns', remedy: 'Remove `invisible`.' },
  identity: { plural: 'identity columns', remedy: 'Write `autoincrement: true` instead of `generated`.' },
  'array-column': { plural: 'array columns', remedy: 'Write `type: "json"`.' },
  'generated-column': { plural: 'generated columns', remedy: 'Remove `generated`.' },
  'named-primary-key': { plural: 'names of primary keys', remedy: "Remove the primary key's name." },
  'nullable-key': { plural: 'primary keys that take null', remedy: 'Remove `nullable`.' },
  'index-expression': { plural: 'indexes on expressions', remedy: 'Index a generated column instead.' },
  'index-where': { plural: 'partial indexes', remedy: 'Remove `where`.' },
  'index-include': { plural: 'included columns of indexes', remedy: 'Remove `include`, or index these columns too.' },
  'index-sort': { plural: 'descending indexes', remedy: 'Remove `sort`.' },
  'index-nulls': { plural: 'orders of nulls in indexes', remedy: 'Remove `nulls`.' },
  'index-length': { plural: 'indexes on the first characters of a column', remedy: 'Remove `length`.' },
  'index-opclass': { plural: 'operator classes', remedy: 'Remove `opclass`.' },
  'index-collation': { plural: 'collations of indexes', remedy: 'Remove `collation`.' },
  'index-invisible': { plural: 'invisible indexes', remedy: 'Remove `invisible`.' },
  'index-storage': { plural: 'storage parameters of indexes', remedy: 'Remove `storage` and `fillFactor`.' },
  'index-comment': { plural: 'index comments', remedy: 'Remove `comment`.' },
  'index-parser': { plural: 'full-text parsers', remedy: 'Remove `parser`.' },
  'nulls-not-distinct': { plural: 'unique keys in which nulls are equal', remedy: 'Remove `nullsNotDistinct`.' },
  'unique-deferrable': { plural: 'deferrable unique keys', remedy: 'Remove `deferMode`.' },
  'foreign-key-deferrable': { plural: 'deferrable foreign keys', remedy: 'Remove `deferMode`.' },
  'foreign-key-match': { plural: 'match rules of foreign keys', remedy: 'Remove `match`.' },
  'check-not-enforced': { plural: 'checks that are not enforced', remedy: 'Remove `enforced: false`.' },
  exclusion: { plural: 'exclusion constraints', remedy: 'Remove `@Exclusion`.' },
  view: { plural: 'views', remedy: 'Remove `view`.' },
  'materialized-view': { plural: 'materialized views', remedy: 'Write `view: true`.' },
  trigger: { plural: 'triggers', remedy: 'Remove the trigger.' },
  'trigger-columns': {
    plural: 'columns of update triggers',
    remedy: "Write `events: ['update']`, and compare `old` and `new` in the body.",
  },
  'trigger-condition': { plural: 'conditions of triggers', remedy: 'Remove `when`, and write an `if` in the body.' },
};

/** What is asked for, by the feature that it takes. Nothing is asked by `undefined`, `false` and an empty text. */
export type AskedFeatures = Readonly<Partial<Record<Feature, string | number | boolean | object | undefined>>>;

/** The features that a database does not have. */
export function featuresLackedBy({ features }: Capabilities): readonly Feature[] {
  return Object.keys(words)
    .filter(isFeature)
    .filter((feature) => !features.includes(feature));
}

/** Reports each feature that is asked for and that the database lacks. */
export function requireFeatures(asked: AskedFeatures, where: string, context: BuildContext): void {
  const { driver, lackedFeatures, report } = context;
  for (const feature of lackedFeatures) {
    if (!asked[feature]) continue;
    const { plural, remedy } = words[feature];
    report.unsupported({ where, what: `${driver.name} has no ${plural}`, remedy });
  }
}

export function requireAction(
  rule: 'deleteRule' | 'updateRule',
  action: ReferentialAction,
  where: string,
  { driver, capabilities, report }: BuildContext,
): void {
  const { referentialActions } = capabilities;
  if (referentialActions.includes(action)) return;
  report.unsupported({
    where,
    what: `${driver.name} has no \`${action}\` for foreign keys`,
    remedy: `Write one of these as \`${rule}\`: ${referentialActions.join(', ')}.`,
  });
}

export function requireTableOptions(
  options: TableOptions,
  where: string,
  { driver, capabilities, report }: BuildContext,
): void {
  const supported = new Set<string>(capabilities.tableOptions);
  for (const [option, value] of Object.entries(options)) {
    if (!value || supported.has(option)) continue;
    report.unsupported({
      where,
      what: `${driver.name} has no \`${option}\` of tables`,
      remedy: `Remove \`${option}\`.`,
    });
  }
}

function isFeature(name: string): name is Feature {
  return Object.hasOwn(words, name);
}
