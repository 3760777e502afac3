import { Entity, PrimaryKey, Property } from '@dovetail/sqlite';

@Entity()
export class Playlist {
  @PrimaryKey()
  playlistId!: number;

  @Property({ columnType: 'NVARCHAR(120)', nullable: true })
  name?: string;
}
