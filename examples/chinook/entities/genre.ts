import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
export class Genre {
  @PrimaryKey()
  genreId!: number;

  @Property({ columnType: 'NVARCHAR(120)', nullable: true })
  name?: string;
}
