import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference } from '../../../platform/database/columns.js';

@Entity('comment_likes')
@Index('comment_likes_pair', ['commentId', 'userId'], { unique: true })
@Index('comment_likes_of_comment', ['commentId', 'id'])
@Index('comment_likes_of_user', ['userId', 'id'])
export class CommentLike {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Comment', { name: 'comment_likes_comment_fk', onDelete: 'CASCADE' })
  commentId!: string;

  @Reference()
  @ForeignKey('User', { name: 'comment_likes_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** False while the account of this person is inactive: then no counter includes it. */
  @Flag({ default: true })
  isCounted!: boolean;
}
