import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
export class Artist {
  @PrimaryKey()
  artistId!: number;

  @Property({ columnType: 'NVARCHAR(120)', nullable: true })
  name?: string;
}
