import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference } from '../../../platform/database/columns.js';

/** Someone likes a post or a comment. */
@Entity('likes')
@Index('likes_pair', ['subjectId', 'userId'], { unique: true })
@Index('likes_of_subject', ['subjectId', 'id'])
@Index('likes_of_user', ['userId'])
export class Like {
  @Id()
  id!: string;

  @Reference()
  subjectId!: string;

  @Reference()
  @ForeignKey('User', { name: 'likes_user_fk', onDelete: 'CASCADE' })
  userId!: string;
}
