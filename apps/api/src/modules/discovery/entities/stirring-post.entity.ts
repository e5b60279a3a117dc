import { Entity, ForeignKey } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** A hint that a post of the last week may belong on Discover. The rule decides when it is read. */
@Entity('stirring_posts')
export class StirringPost {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'stirring_posts_post_fk', onDelete: 'CASCADE' })
  postId!: string;
}
