import { Entity, Index, ManyToOne } from '@dovetail/sqlite';
import { Playlist } from './playlist.js';
import { Track } from './track.js';

@Entity()
export class PlaylistTrack {
  // The primary key starts with this column and would serve as its index; Chinook has one all the same.
  @Index()
  @ManyToOne(() => Playlist, { primary: true, deleteRule: 'no action', updateRule: 'no action' })
  playlist!: Playlist;

  @ManyToOne(() => Track, { primary: true, deleteRule: 'no action', updateRule: 'no action' })
  track!: Track;
}
