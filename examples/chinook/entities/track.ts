import { Check, Entity, ManyToOne, PrimaryKey, Property, t } from '@dovetail/sqlite';
import { Album } from './album.js';
import { Genre } from './genre.js';
import { MediaType } from './media-type.js';

@Entity()
export class Track {
  @PrimaryKey()
  trackId!: number;

  @Property({ columnType: 'NVARCHAR(200)' })
  name!: string;

  @ManyToOne(() => Album, { nullable: true, deleteRule: 'no action' })
  album?: Album;

  @ManyToOne(() => MediaType)
  mediaType!: MediaType;

  @ManyToOne(() => Genre, { nullable: true, deleteRule: 'no action' })
  genre?: Genre;

  // Change: the column was named `Composer`.
  @Property({ columnType: 'NVARCHAR(220)', nullable: true, previousName: 'Composer' })
  songwriters?: string;

  // Change: the check.
  @Check({ expression: (columns) => `${columns.milliseconds} > 0` })
  @Property()
  milliseconds!: number;

  @Property({ nullable: true })
  bytes?: number;

  @Property({ type: t.decimal, precision: 10, scale: 2 })
  unitPrice!: number;
}
