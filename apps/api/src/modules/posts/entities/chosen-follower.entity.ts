import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** A follower the author chose for a post. The row is deleted when that person stops following. */
@Entity('chosen_followers')
@Index('chosen_followers_of_follow', ['followId'])
@Index('chosen_followers_of_user', ['userId', 'postId'])
export class ChosenFollower {
  @Reference({ primary: true })
  @ForeignKey('Post', { name: 'chosen_followers_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Reference({ primary: true })
  userId!: string;

  @Reference()
  @ForeignKey('Follow', { name: 'chosen_followers_follow_fk', onDelete: 'CASCADE' })
  followId!: string;
}
