import { Entity, ManyToOne, PrimaryKey, Property } from '@dovetail/sqlite';
import { Artist } from './artist.js';

@Entity()
export class Album {
  @PrimaryKey()
  albumId!: number;

  // Change: NVARCHAR(160) until now.
  @Property({ columnType: 'NVARCHAR(300)' })
  title!: string;

  @ManyToOne(() => Artist)
  artist!: Artist;
}
