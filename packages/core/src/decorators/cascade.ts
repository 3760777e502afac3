/** What the `cascade` option of relations takes. It concerns entities in memory; foreign keys follow their rules. */
export const Cascade = {
  PERSIST: 'persist',
  MERGE: 'merge',
  REMOVE: 'remove',
  ALL: 'all',
  SCHEDULE_ORPHAN_REMOVAL: 'schedule_orphan_removal',
  CANCEL_ORPHAN_REMOVAL: 'cancel_orphan_removal',
} as const;
