import { Entity, ForeignKey } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** Followed by so many that their posts are looked up when a feed is read, not handed to each follower. */
@Entity('large_authors')
export class LargeAuthor {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'large_authors_author_fk', onDelete: 'CASCADE' })
  authorId!: string;
}
