import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Time } from '../../../platform/database/columns.js';

/** A post that stands first on its group's page. */
@Entity('pinned_posts')
@Index('pinned_posts_of_group', ['groupId', 'pinnedAt'])
export class PinnedPost {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'pinned_posts_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference()
  @ForeignKey('Group', { name: 'pinned_posts_group_fk', onDelete: 'CASCADE' })
  groupId!: string;

  @Time()
  pinnedAt!: string;
}
