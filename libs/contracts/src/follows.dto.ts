import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { ListQuery } from './paging.dto.js';
import { UserCard } from './users.dto.js';

/** Only `accepted` opens anything. */
export const FOLLOW_STATUSES = ['none', 'requested', 'accepted', 'declined'] as const;
export type FollowStatus = (typeof FOLLOW_STATUSES)[number];

export class FollowState {
  status!: FollowStatus;
  /** After a refusal: when one may ask again */
  askAgainAt!: string | null;
}

/** How the viewer and a person stand to each other. */
export class Relation {
  /** The viewer's following of the person */
  following!: FollowState;
  /** The person's following of the viewer: `requested` waits for the viewer's answer */
  followedBy!: FollowStatus;
  /** Both follow each other */
  isFriend!: boolean;
  isMuted!: boolean;
}

/** A person's page. What the viewer may not see is null. */
export class Profile extends UserCard {
  /** False: only the card is visible, because the profile is private */
  isOpen!: boolean;
  isMe!: boolean;
  banner!: string | null;
  email!: string | null;
  dateOfBirth!: string | null;
  about!: string | null;
  /** When the account was opened */
  createdAt!: string | null;
  followerCount!: number | null;
  followingCount!: number | null;
  /** People the viewer follows who follow this person */
  mutualCount!: number | null;
  relation!: Relation;
}

export class PeopleQuery extends ListQuery {
  /**
   * The beginning of any of the names
   * @example ada
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class ViewAsQuery {
  /**
   * `stranger`, or the id of one of the own followers
   * @example stranger
   */
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  as!: string;
}

/** Someone in a list, and how the viewer stands to them. */
export class PersonCard extends UserCard {
  relation!: Relation;
}

export class PeoplePage {
  items!: PersonCard[];
  nextCursor!: string | null;
}

export class FollowRequest {
  user!: PersonCard;
  requestedAt!: string;
}

export class FollowRequestPage {
  items!: FollowRequest[];
  nextCursor!: string | null;
}

/** What waits for the viewer, for the number in the navigation. */
export class UnseenFollows {
  /** People who ask to follow */
  requests!: number;
  /** People who followed at once since the viewer last looked */
  newFollowers!: number;
}

export class Suggestion {
  user!: PersonCard;
  /** People the viewer follows who follow this person: the reason */
  followedBy!: UserCard[];
  /** How many were found, looking at the newest follows: at least so many */
  followedByCount!: number;
}

export class Suggestions {
  items!: Suggestion[];
}

/** Something a person did, newest first. */
export class Activity {
  id!: string;
  kind!: 'joined' | 'followed';
  /** Whom, if someone was followed */
  user!: UserCard | null;
  at!: string;
}

export class ActivityPage {
  items!: Activity[];
  nextCursor!: string | null;
}
