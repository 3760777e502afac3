import type { Connection, EntityClass } from '@dovetail/core';
import { setTimeout as pause } from 'node:timers/promises';
import { entity, id, integer, text } from '../../conformance/entity.js';
import type { Access } from './place.js';

/** The tables that somebody writes into while the update changes them, under names that no random table has. */
export const journalBefore: readonly EntityClass[] = [
  entity('FaultJournal', { id, note: text({ length: 50 }) }),
  entity('FaultLedger', { id, note: text({ length: 50 }) }),
];

const variants = [
  { note: text({ length: 90 }), kept: integer({ default: 1 }) },
  { note: text({ length: 50, index: true }), kept: text({ default: 'x', length: 20 }) },
  { note: text({ length: 60, check: "note <> ''" }), kept: integer({ nullable: true }) },
  { note: text({ length: 400 }), kept: text({ length: 400, default: '', backfill: 'note' }) },
];

/** What becomes of them, one of several ways. */
export function journalAfter(number: number): readonly EntityClass[] {
  const members = variants[number % variants.length] ?? {};
  return [entity('FaultJournal', { id, ...members }), entity('FaultLedger', { id, ...members })];
}

/** Somebody who writes one row after the other. */
export interface Writer {
  /** Ends the writing, and gives the keys of the rows that the database has acknowledged. */
  stop(): Promise<Acknowledged>;
}

export interface Acknowledged {
  readonly journal: readonly number[];
  readonly ledger: readonly number[];
}

/** Writes rows through a connection of its own, and through another when that one is lost. */
export function startWriter(access: Access): Writer {
  const acknowledged: Record<keyof Acknowledged, number[]> = { journal: [], ledger: [] };
  let isStopped = false;

  async function write(): Promise<void> {
    let connection: Connection | undefined;
    for (let number = 1; !isStopped; number += 1) {
      const table = number % 2 === 0 ? 'journal' : 'ledger';
      try {
        connection ??= await access.connect();
        await connection.execute(`insert into fault_${table} (id, note) values (${number}, 'note ${number}')`);
        acknowledged[table].push(number);
      } catch {
        // What is not acknowledged may be there or not; its key is not used again.
        await connection?.close().catch(() => undefined);
        connection = undefined;
      }
      await pause(3);
    }
    await connection?.close();
  }

  const writing = write();
  return {
    async stop() {
      isStopped = true;
      await writing;
      return acknowledged;
    },
  };
}

/** The acknowledged rows that are not there, or not as they were written. */
export async function missingRows(connection: Connection, acknowledged: Acknowledged): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const table of ['journal', 'ledger'] as const) {
    const rows = await connection.query(`select id, note from fault_${table}`);
    const notes = new Map(rows.map((row) => [Number(row.id), row.note]));
    const lost = acknowledged[table].filter((number) => notes.get(number) !== `note ${number}`);
    missing.push(...lost.map((number) => `fault_${table} ${number}`));
  }
  return missing;
}
