import type { EntityClass } from '@dovetail/core';
import type { Driver } from '@dovetail/core/driver';
import { emptyModel, type Evolution } from '../../convergence/model.js';
import { toClasses } from '../../convergence/to-classes.js';
import { journalAfter, journalBefore } from './journal.js';

/** All that a process needs to make the entities of a round, as data. */
export interface Recipe {
  readonly evolution: Evolution;
  /** Which way the journal changes. */
  readonly journal: number;
}

type Language = Pick<Driver, 'ddl' | 'comparison'>;

export function entitiesBefore({ evolution }: Recipe, language: Language): readonly EntityClass[] {
  return [...toClasses(evolution.before, emptyModel, language), ...journalBefore];
}

export function entitiesAfter({ evolution, journal }: Recipe, language: Language): readonly EntityClass[] {
  return [...toClasses(evolution.after, evolution.before, language), ...journalAfter(journal)];
}
