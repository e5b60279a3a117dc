import { IsString, MaxLength, MinLength } from 'class-validator';
import { Relation } from './follows.dto.js';
import { ProfileInfo, UserCard } from './users.dto.js';
import { saying } from './saying.js';

/** A person's profile. */
export class Profile extends ProfileInfo {
  isMe!: boolean;
  followerCount!: number | null;
  followingCount!: number | null;
  /** People the viewer follows who follow this person */
  mutualCount!: number | null;
  relation!: Relation;
}

export class ViewAsQuery {
  /**
   * `stranger`, or the id of one of the own followers
   * @example stranger
   */
  @IsString(saying('not-text'))
  @MinLength(1, saying('required'))
  @MaxLength(40, saying('too-long', { max: 40 }))
  as!: string;
}

/** Something a person did. */
export class Activity {
  id!: string;
  kind!:
    | 'joined'
    | 'followed'
    | 'posted'
    | 'shared'
    | 'commented'
    | 'replied'
    | 'likedPost'
    | 'likedComment';
  /** Whom they followed, or who wrote what they shared, liked, commented on or replied to */
  user!: UserCard | null;
  /** The post that they wrote, or that it happened on */
  postId!: string | null;
  /** The beginning of what they wrote or liked, empty if it is only a picture; null if there are no words in it */
  excerpt!: string | null;
  /** The people mentioned in the excerpt, as far as the viewer may see them */
  mentions!: UserCard[];
  at!: string;
}

export class ActivityPage {
  items!: Activity[];
  nextCursor!: string | null;
}
