import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

@Entity('comments')
@Index('comments_of_post', ['postId', 'parentId', 'id'])
@Index('comments_of_parent', ['parentId', 'id'])
@Index('comments_of_author', ['authorId', 'postId'])
export class Comment {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Post', { name: 'comments_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference()
  @ForeignKey('User', { name: 'comments_author_fk', onDelete: 'CASCADE' })
  authorId!: string;

  /** The comment that this one answers; never itself a reply */
  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'comments_parent_fk', onDelete: 'CASCADE' })
  parentId!: string | null;

  @Text()
  content!: string;

  @Integer({ default: 0 })
  likeCount!: number;

  @Integer({ default: 0 })
  replyCount!: number;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  editedAt!: string | null;

  /** Set on a comment's replies too, when the comment goes */
  @Time({ nullable: true })
  deletedAt!: string | null;
}
