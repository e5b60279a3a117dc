import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

@Entity('post_mentions')
@Index('post_mentions_of_post', ['postId'])
export class PostMention {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'post_mentions_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'post_mentions_post_fk', onDelete: 'CASCADE' })
  postId!: string;
}
