import { Entity, ForeignKey, Index } from 'typeorm';
import { Integer, Reference } from '../../../platform/database/columns.js';

/** Whom a post has reached, so that each counts once. Kept while views of the post are counted. */
@Entity('post_viewers', { withoutRowid: true })
@Index('post_viewers_of_viewer', ['viewerId', 'postId'])
export class PostViewer {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'post_viewers_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference({ primary: true })
  @ForeignKey('User', { name: 'post_viewers_viewer_fk', onDelete: 'CASCADE' })
  viewerId!: string;
}

/** How many people a post has reached. */
@Entity('reached_posts')
@Index('reached_posts_of_author', ['authorId', 'postId'])
export class ReachedPost {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'reached_posts_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference()
  @ForeignKey('User', { name: 'reached_posts_author_fk', onDelete: 'CASCADE' })
  authorId!: string;

  @Integer()
  people!: number;
}

/** The same by the quarter hour in which it reached them, counted since the epoch. */
@Entity('post_reach', { withoutRowid: true })
export class PostReach {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'post_reach_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Integer({ primary: true })
  quarter!: number;

  @Integer()
  people!: number;
}
