import { Dovetail, type EntityClass, Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';
import { given, printError } from './given.js';

@Entity({ tableName: 'customer' })
class Customer {
  @PrimaryKey()
  id!: number;

  @Property()
  phone!: string;

  @Property({ nullable: true })
  email?: string;

  @Property()
  zip!: string;

  @Property()
  shopId!: number;
}

@Entity({ tableName: 'shop' })
class Shop {
  @PrimaryKey()
  id!: number;
}

await given(
  'shop.db',
  [Customer, Shop],
  'insert into shop (id) values (1)',
  `insert into customer (phone, email, zip, shop_id) values
    ('555 12', 'ann@example.org', '01099', 1), ('555 34', 'ben@example.org', '80331', 1),
    ('555 56', 'ann@example.org', '04109', 7), ('555 78', null, '10115', 1)`,
);

/** Tries the update to other classes; they differ in one thing each. */
async function attempt(entities: readonly EntityClass[]): Promise<void> {
  const orm = await Dovetail.init({ entities, dbName: 'shop.db' });
  await printError(() => orm.schema.updateSchema());
  await orm.close();
}

@Entity({ tableName: 'customer' })
class WithAnotherName {
  @PrimaryKey()
  id!: number;

  @Property({ type: t.json })
  telephone!: unknown;

  @Property({ nullable: true })
  email?: string;

  @Property()
  zip!: string;

  @Property()
  shopId!: number;
}

await attempt([WithAnotherName, Shop]);

@Entity({ tableName: 'customer' })
class WithNewProperty extends Customer {
  @Property()
  city!: string;
}

await attempt([WithNewProperty, Shop]);

@Entity({ tableName: 'customer' })
class WithRequiredEmail {
  @PrimaryKey()
  id!: number;

  @Property()
  phone!: string;

  @Property({ unique: true })
  email!: string;

  @Property()
  zip!: string;

  @Property()
  shopId!: number;
}

await attempt([WithRequiredEmail, Shop]);

@Entity({ tableName: 'customer' })
class WithNumericZip {
  @PrimaryKey()
  id!: number;

  @Property()
  phone!: string;

  @Property({ nullable: true })
  email?: string;

  @Property()
  zip!: number;

  @Property()
  shopId!: number;
}

await attempt([WithNumericZip, Shop]);

@Entity({ tableName: 'customer' })
class WithRelation {
  @PrimaryKey()
  id!: number;

  @Property()
  phone!: string;

  @Property({ nullable: true })
  email?: string;

  @Property()
  zip!: string;

  @ManyToOne(() => Shop)
  shop!: Shop;
}

await attempt([WithRelation, Shop]);
