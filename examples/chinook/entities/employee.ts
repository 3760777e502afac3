import { Entity, ManyToOne, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
export class Employee {
  @PrimaryKey()
  employeeId!: number;

  @Property({ columnType: 'NVARCHAR(20)' })
  lastName!: string;

  @Property({ columnType: 'NVARCHAR(20)' })
  firstName!: string;

  @Property({ columnType: 'NVARCHAR(30)', nullable: true })
  title?: string;

  @ManyToOne(() => Employee, { joinColumn: 'ReportsTo', nullable: true, deleteRule: 'no action' })
  reportsTo?: Employee;

  @Property({ nullable: true })
  birthDate?: Date;

  @Property({ nullable: true })
  hireDate?: Date;

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

  @Property({ columnType: 'NVARCHAR(60)', nullable: true })
  email?: string;
}
