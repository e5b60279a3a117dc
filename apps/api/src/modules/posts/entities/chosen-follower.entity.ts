import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** A follower whom the author picked for a post. Whoever stops following is picked no more. */
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
