import { Entity, ForeignKey, Index } from 'typeorm';
import { Flag, Id, Reference } from '../../../platform/database/columns.js';

@Entity('post_likes')
@Index('post_likes_pair', ['postId', 'userId'], { unique: true })
@Index('post_likes_of_post', ['postId', 'id'])
@Index('post_likes_of_user', ['userId', 'id'])
export class PostLike {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Post', { name: 'post_likes_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference()
  @ForeignKey('User', { name: 'post_likes_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** False while the account of this person is inactive: then no counter includes it. */
  @Flag({ default: true })
  isCounted!: boolean;
}
