import type { NamedObject, NamingStrategy } from '@dovetail/sqlite';

const prefixes: Readonly<Record<NamedObject, string>> = {
  index: 'IFK',
  unique: 'UQ',
  foreign: 'FK',
  check: 'CK',
  primary: 'PK',
};

/** Chinook's names: `Album.artist` is the column `ArtistId` of the table `Album`, with the index `IFK_AlbumArtistId`. */
export const chinookNames: Partial<NamingStrategy> = {
  classToTableName: (className) => className,
  propertyToColumnName: capitalise,
  joinColumnName: (propertyName) => `${capitalise(propertyName)}Id`,
  indexName: (table, columns, kind) => `${prefixes[kind]}_${table}${columns.join('')}`,
};

function capitalise(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
