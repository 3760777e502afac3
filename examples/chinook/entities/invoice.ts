import { Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';
import { Customer } from './customer.js';
import { Employee } from './employee.js';

@Entity()
export class Invoice {
  @PrimaryKey()
  invoiceId!: number;

  @ManyToOne(() => Customer)
  customer!: Customer;

  @Property()
  invoiceDate!: Date;

  @Property({ columnType: 'NVARCHAR(70)', nullable: true })
  billingAddress?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  billingCity?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  billingState?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  billingCountry?: string;

  @Property({ columnType: 'NVARCHAR(10)', nullable: true })
  billingPostalCode?: string;

  @Property({ type: t.decimal, precision: 10, scale: 2 })
  total!: number;

  // Change: a new foreign key.
  @ManyToOne(() => Employee, { nullable: true })
  soldBy?: Employee;
}
