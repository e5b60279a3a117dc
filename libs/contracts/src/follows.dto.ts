import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ListQuery } from './paging.dto.js';
import { UserCard } from './users.dto.js';
import { saying } from './saying.js';

/** Only `accepted` grants anything. */
export const FOLLOW_STATUSES = ['none', 'requested', 'accepted', 'declined'] as const;
export type FollowStatus = (typeof FOLLOW_STATUSES)[number];

export class FollowState {
  status!: FollowStatus;
  /** After a refusal: when one may ask again */
  askAgainAt!: string | null;
}

/** The relation between the viewer and a person. */
export class Relation {
  /** Whether the viewer follows the person */
  following!: FollowState;
  /** Whether the person follows the viewer: `requested` waits for the viewer's answer */
  followedBy!: FollowStatus;
  /** Both follow each other */
  isFriend!: boolean;
  isMuted!: boolean;
}

export class PeopleQuery extends ListQuery {
  /**
   * The beginning of any of the names
   * @example ada
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(100, saying('too-long', { max: 100 }))
  q?: string;
}

/** A person in a list, with the viewer's relation to them. */
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
  /** Pending follow requests */
  requests!: number;
  /** New followers who needed no answer, since the viewer last looked */
  newFollowers!: number;
}
