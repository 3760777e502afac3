import type {
  Check,
  Column,
  EnumType,
  Exclusion,
  ForeignKey,
  Index,
  ObjectName,
  PrimaryKey,
  Table,
  TableOptions,
  Trigger,
  UniqueConstraint,
  View,
} from './schema.js';

/**
 * One difference between two schemas, as a small typed value. `from` is how the object stands in the database once the
 * plan's renames have been carried out, `to` how the entities want it.
 */
export type Change = RenameChange | NamespaceChange | EnumChange | TableChange | ViewChange;

export type NamespaceChange =
  | { readonly kind: 'create-namespace'; readonly namespace: string }
  | { readonly kind: 'drop-namespace'; readonly namespace: string };

export type EnumChange =
  | { readonly kind: 'create-enum'; readonly enum: EnumType }
  | { readonly kind: 'drop-enum'; readonly enum: EnumType }
  | { readonly kind: 'alter-enum'; readonly from: EnumType; readonly to: EnumType };

export type ViewChange =
  | { readonly kind: 'create-view'; readonly view: View }
  | { readonly kind: 'drop-view'; readonly view: View }
  | { readonly kind: 'replace-view'; readonly from: View; readonly to: View };

/** Why a rename is planned: the hint in the entity, the caller's options, or one removed and one added object alike. */
export type RenameReason = 'hint' | 'option' | 'assumed';

/**
 * Renames come first in every plan, in the order of these kinds; the changes after them use the new names. So does each
 * rename of what is inside an object that is renamed as well.
 */
export type RenameChange =
  | {
      readonly kind: 'rename-namespace';
      readonly namespace: string;
      readonly to: string;
      readonly reason: RenameReason;
    }
  | {
      readonly kind: 'rename-enum';
      /** The enum under its old name. */
      readonly enum: ObjectName;
      readonly to: string;
      readonly reason: RenameReason;
    }
  | {
      readonly kind: 'rename-table';
      /** The table under its old name. */
      readonly table: ObjectName;
      readonly to: string;
      readonly reason: RenameReason;
    }
  | {
      readonly kind: 'rename-column';
      /** The table under its new name, where it is renamed as well. */
      readonly table: ObjectName;
      readonly from: string;
      readonly to: string;
      readonly reason: RenameReason;
    }
  | {
      readonly kind: 'rename-enum-value';
      /** The enum under its new name, where it is renamed as well. */
      readonly enum: ObjectName;
      readonly from: string;
      readonly to: string;
      readonly reason: RenameReason;
    };

export type TableChange = CreateTable | DropTable | AlterTableChange;

/** A new table, with its indexes. Its triggers are changes of their own in a plan, for they may mention any table. */
export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: Table;
}

export interface DropTable {
  readonly kind: 'drop-table';
  readonly table: Table;
}

/** A change of a table that exists before and after. */
export type AlterTableChange =
  | AddColumn
  | DropColumn
  | AlterColumn
  | FillColumn
  | {
      readonly kind: 'set-primary-key';
      readonly table: ObjectName;
      readonly from?: PrimaryKey;
      readonly to?: PrimaryKey;
    }
  | { readonly kind: 'add-unique'; readonly table: ObjectName; readonly unique: UniqueConstraint }
  | { readonly kind: 'drop-unique'; readonly table: ObjectName; readonly unique: UniqueConstraint }
  | { readonly kind: 'add-index'; readonly table: ObjectName; readonly index: Index }
  | { readonly kind: 'drop-index'; readonly table: ObjectName; readonly index: Index }
  | { readonly kind: 'rename-index'; readonly table: ObjectName; readonly from: Index; readonly to: Index }
  | { readonly kind: 'add-foreign-key'; readonly table: ObjectName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'drop-foreign-key'; readonly table: ObjectName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'add-check'; readonly table: ObjectName; readonly check: Check }
  | { readonly kind: 'drop-check'; readonly table: ObjectName; readonly check: Check }
  | { readonly kind: 'add-exclusion'; readonly table: ObjectName; readonly exclusion: Exclusion }
  | { readonly kind: 'drop-exclusion'; readonly table: ObjectName; readonly exclusion: Exclusion }
  | {
      /** A primary key, unique, foreign key, check or exclusion that is alike but for its name. */
      readonly kind: 'rename-constraint';
      readonly table: ObjectName;
      readonly constraint: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion';
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'create-trigger'; readonly table: ObjectName; readonly trigger: Trigger }
  | { readonly kind: 'drop-trigger'; readonly table: ObjectName; readonly trigger: Trigger }
  | { readonly kind: 'set-table-comment'; readonly table: ObjectName; readonly from?: string; readonly to?: string }
  | {
      readonly kind: 'set-table-options';
      readonly table: ObjectName;
      /** The options that differ, before and after. */
      readonly from: TableOptions;
      readonly to: TableOptions;
    };

export interface AddColumn {
  readonly kind: 'add-column';
  readonly table: ObjectName;
  readonly column: Column;
}

export interface DropColumn {
  readonly kind: 'drop-column';
  readonly table: ObjectName;
  readonly column: Column;
}

export interface AlterColumn {
  readonly kind: 'alter-column';
  readonly table: ObjectName;
  readonly from: Column;
  readonly to: Column;
  /** The attributes that differ, in the order of `columnAttributes`. Never empty. */
  readonly attributes: readonly ColumnAttribute[];
}

/** Rows that hold null in a column get a value. The planner makes it of a column with a `backfill`. */
export interface FillColumn {
  readonly kind: 'fill-column';
  readonly table: ObjectName;
  readonly column: Column;
  /** SQL that gives a row its value. */
  readonly expression: string;
}

export const columnAttributes = [
  'type',
  'nullable',
  'default',
  'generated',
  'autoincrement',
  'identity',
  'collation',
  'charset',
  'comment',
  'extra',
  'invisible',
] as const;

export type ColumnAttribute = (typeof columnAttributes)[number];

/** Whether the column's own values give way to computed ones. */
export function becomesGenerated({ from, to, attributes }: AlterColumn): boolean {
  return attributes.includes('generated') && from.generated === undefined && to.generated !== undefined;
}

/** Whether the column no longer takes null. */
export function becomesRequired({ to, attributes }: AlterColumn): boolean {
  return attributes.includes('nullable') && !to.nullable;
}

/** Whether a change only takes something away. */
export function isDrop({ kind }: Change): boolean {
  return kind.startsWith('drop-');
}

export function isRenameChange(change: Change): change is RenameChange {
  switch (change.kind) {
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
    case 'rename-column':
    case 'rename-enum-value':
      return true;
    default:
      return false;
  }
}

export function isAlterTableChange(change: Change): change is AlterTableChange {
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'alter-enum':
    case 'create-view':
    case 'drop-view':
    case 'replace-view':
    case 'create-table':
    case 'drop-table':
      return false;
    default:
      return !isRenameChange(change);
  }
}
