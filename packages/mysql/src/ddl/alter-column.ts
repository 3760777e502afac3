import type { AlterColumn, Column } from '@dovetail/core/driver';

/** A virtual column holds nothing, and can't become one that does, nor the reverse, where it stands. */
export function isRecreated({ from, to }: AlterColumn): boolean {
  return isVirtual(from) !== isVirtual(to);
}

function isVirtual({ generated }: Column): boolean {
  return generated?.stored === false;
}
