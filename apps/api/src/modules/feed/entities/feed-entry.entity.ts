import { Entity, ForeignKey } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** A hint that a post may belong in someone's home feed. The rule decides when the feed is read. */
@Entity('feed_entries', { withoutRowid: true })
export class FeedEntry {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'feed_entries_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string;

  @Reference({ primary: true })
  postId!: string;
}
