import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
export class MediaType {
  @PrimaryKey()
  mediaTypeId!: number;

  @Property({ columnType: 'NVARCHAR(120)', nullable: true })
  name?: string;
}
