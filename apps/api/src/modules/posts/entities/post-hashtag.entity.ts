import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Text } from '../../../platform/database/columns.js';

@Entity('post_hashtags')
@Index('post_hashtags_of_post', ['postId'])
export class PostHashtag {
  @Text({ primary: true })
  tag!: string;

  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'post_hashtags_post_fk', onDelete: 'CASCADE' })
  postId!: string;
}
