import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference, Text } from '../../../platform/database/columns.js';

/**
 * A hint that a hashtag may trend, and where to look for who uses it: one post a person and week, of the last four weeks.
 * The rule decides when they are counted.
 */
@Entity('trending_posts')
@Index('trending_posts_of_post', ['postId'])
export class TrendingPost {
  @Text({ primary: true })
  tag!: string;

  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'trending_posts_post_fk', onDelete: 'CASCADE' })
  postId!: string;
}
