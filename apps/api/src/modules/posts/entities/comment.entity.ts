import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

@Entity('comments')
@Index('comments_of_post', ['postId', 'parentId', 'id'])
@Index('comments_of_parent', ['parentId', 'id'])
@Index('comments_of_author', ['authorId', 'postId'])
@Index('comments_by_author', ['authorId', 'id'])
export class Comment {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Post', { name: 'comments_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference()
  @ForeignKey('User', { name: 'comments_author_fk', onDelete: 'CASCADE' })
  authorId!: string;

  /** The comment that this one replies to; never itself a reply */
  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'comments_parent_fk', onDelete: 'CASCADE' })
  parentId!: string | null;

  @Text()
  content!: string;

  @Integer({ default: 0 })
  likeCount!: number;

  @Integer({ default: 0 })
  replyCount!: number;

  /** False while its author, or the author of the comment it replies to, is inactive: then no counter includes it. */
  @Flag({ default: true })
  isCounted!: boolean;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  editedAt!: string | null;

  /** Set on the replies too when a comment is deleted */
  @Time({ nullable: true })
  deletedAt!: string | null;
}
