import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Text } from '../../../platform/database/columns.js';
import type { Reach } from '../../../access/reach.access.js';

@Entity('post_hashtags')
@Index('post_hashtags_of_post', ['postId'])
@Index('post_hashtags_by_reach', ['tag', 'reach', 'postId', 'authorId'])
@Index('post_hashtags_of_author', ['tag', 'authorId', 'reach', 'postId'])
export class PostHashtag {
  @Text({ primary: true })
  tag!: string;

  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'post_hashtags_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  /** The author; for a post in a group the group, whose members are then its followers */
  @Reference()
  authorId!: string;

  /** Where to look for the post. A hint: the rule decides whether it is shown. */
  @Text()
  reach!: Reach;
}
