// Carries out the update of a round: `node --import tsx update.ts '{"system":...}' '{"evolution":...}'`. It says `ready`
// right before, one line with each step as it starts, and `done` when it is committed, with the number of its steps.
import { mariadbDriver } from '@dovetail/mariadb';
import { mysqlDriver } from '@dovetail/mysql';
import { postgresqlDriver } from '@dovetail/postgresql';
import { sqliteDriver } from '@dovetail/sqlite';
import { accessTo, type Place } from './place.js';
import { entitiesAfter, type Recipe } from './recipe.js';

const drivers = {
  SQLite: sqliteDriver,
  PostgreSQL: postgresqlDriver,
  MySQL: mysqlDriver,
  MariaDB: mariadbDriver,
};
const parsePlace: (text: string) => Place = JSON.parse;
const parseRecipe: (text: string) => Recipe = JSON.parse;

const [placeText = '', recipeText = ''] = process.argv.slice(2);
const place = parsePlace(placeText);
const entities = entitiesAfter(parseRecipe(recipeText), drivers[place.system]);
const orm = await accessTo(place).init({ entities });
console.log('ready');
const { steps } = await orm.schema.updateSchema({
  allow: ['data-loss'],
  assumeRenames: false,
  onProgress: ({ kind, number, total }) => {
    console.log(`${kind} ${number} of ${total}`);
  },
});
console.log('done');
console.log(`steps ${steps.length}`);
await orm.close();
