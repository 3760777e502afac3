import { Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';
import { Invoice } from './invoice.js';
import { Track } from './track.js';

@Entity()
export class InvoiceLine {
  @PrimaryKey()
  invoiceLineId!: number;

  @ManyToOne(() => Invoice)
  invoice!: Invoice;

  @ManyToOne(() => Track)
  track!: Track;

  @Property({ type: t.decimal, precision: 10, scale: 2 })
  unitPrice!: number;

  @Property()
  quantity!: number;

  // Change: a generated column.
  @Property({
    type: t.decimal,
    precision: 12,
    scale: 2,
    generated: (columns) => `(${columns.unitPrice} * ${columns.quantity}) stored`,
  })
  total!: number;
}
