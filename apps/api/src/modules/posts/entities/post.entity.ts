import type { Audience } from '@echomate/contracts/posts.dto';
import { Check, Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

@Entity('posts')
@Index('posts_of_author', ['authorId', 'id'])
@Index('posts_of_shared', ['sharedId', 'id'])
@Index('posts_of_group', ['groupId', 'id'], { where: 'group_id IS NOT NULL' })
@Check('posts_author_or_group', "author_id IS NOT NULL OR audience = 'group'")
export class Post {
  @Id()
  id!: string;

  /** Null for the post of an event, which has the id of the event's series */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'posts_author_fk', onDelete: 'CASCADE' })
  authorId!: string | null;

  @Text()
  audience!: Audience;

  /** For the audience `group` */
  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'posts_group_fk' })
  groupId!: string | null;

  /** The post that this one shares; never itself a share */
  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'posts_shared_fk', onDelete: 'CASCADE' })
  sharedId!: string | null;

  @Text({ nullable: true })
  title!: string | null;

  @Text()
  content!: string;

  @Integer({ default: 0 })
  likeCount!: number;

  @Integer({ default: 0 })
  commentCount!: number;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  editedAt!: string | null;

  @Time({ nullable: true })
  deletedAt!: string | null;

  /** Who may restore it; null for the author */
  @Reference({ nullable: true })
  deletedById!: string | null;

  /** Removed by a moderator, who can put it back until then */
  @Time({ nullable: true })
  removedUntil!: string | null;

  /** The host of the installation that it was written on, if not here */
  @Text({ nullable: true })
  importedFrom!: string | null;

  @Time({ nullable: true })
  importedAt!: string | null;
}
