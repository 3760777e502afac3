import { Entity, ManyToOne, PrimaryKey, Property } from '@dovetail/sqlite';
import { Employee } from './employee.js';

@Entity()
export class Customer {
  @PrimaryKey()
  customerId!: number;

  @Property({ columnType: 'NVARCHAR(40)' })
  firstName!: string;

  @Property({ columnType: 'NVARCHAR(20)' })
  lastName!: string;

  @Property({ columnType: 'NVARCHAR(80)', nullable: true })
  company?: string;

  @Property({ columnType: 'NVARCHAR(70)', nullable: true })
  address?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  city?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  state?: string;

  @Property({ columnType: 'NVARCHAR(40)', nullable: true })
  country?: string;

  @Property({ columnType: 'NVARCHAR(10)', nullable: true })
  postalCode?: string;

  @Property({ columnType: 'NVARCHAR(24)', nullable: true })
  phone?: string;

  @Property({ columnType: 'NVARCHAR(24)', nullable: true })
  fax?: string;

  @Property({ columnType: 'NVARCHAR(60)' })
  email!: string;

  @ManyToOne(() => Employee, { nullable: true, deleteRule: 'no action' })
  supportRep?: Employee;

  // Change: a new column.
  @Property({ default: 0 })
  loyaltyPoints!: number;
}
