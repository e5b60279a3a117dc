import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
  IfGiven,
  IsFlag,
  IsGroupTitle,
  IsId,
  IsListOfIds,
  IsOptionalId,
  IsOptionalText,
} from './fields.js';
import { PersonCard } from './follows.dto.js';
import { LIMITS } from './limits.js';
import { Media } from './media.dto.js';
import { ListQuery, PageQuery } from './paging.dto.js';
import { saying } from './saying.js';
import { UserCard } from './users.dto.js';

/** `creator` decides about requests and members; roles between the two may follow. */
export const GROUP_ROLES = ['member', 'creator'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/** How the viewer stands to a group. */
export const GROUP_STANDINGS = ['none', 'invited', 'requested', 'refused', 'member'] as const;
export type GroupStanding = (typeof GROUP_STANDINGS)[number];

/** The invitation that waits for the viewer. */
export class GroupInvitation {
  inviter!: UserCard;
  words!: string | null;
  invitedAt!: string;
}

/** The group of a post, for its members. */
export class GroupName {
  id!: string;
  title!: string;
  /** Whether the viewer leads it */
  isLed!: boolean;
}

/** What everyone may know of a group, and how the viewer stands to it. */
export class Group {
  id!: string;
  title!: string;
  description!: string;
  banner!: Media | null;
  memberCount!: number;
  standing!: GroupStanding;
  /** Null unless the viewer is a member */
  role!: GroupRole | null;
  /** After a refusal: when one may ask again */
  askAgainAt!: string | null;
}

/** What only members see. */
export class GroupInside {
  creator!: UserCard | null;
  createdAt!: string;
  /** Requests that wait for an answer; null unless the viewer gives it */
  requestCount!: number | null;
}

/** A group as its own page shows it. */
export class GroupDetails extends Group {
  invitation!: GroupInvitation | null;
  inside!: GroupInside | null;
}

export class GroupPage {
  items!: Group[];
  nextCursor!: string | null;
}

export class GroupsQuery extends ListQuery {
  /**
   * The beginnings of words in the title or description
   * @example bees
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(100, saying('too-long', { max: 100 }))
  q?: string;
}

export class CreateGroupRequest {
  /** @example "Town beekeepers" */
  @IsGroupTitle()
  title!: string;

  /** @example "Swarms, honey, and who lends whom an extractor." */
  @IsOptionalText(LIMITS.group.description.maxLength, true)
  description?: string | null;

  /** An uploaded picture of one's own */
  @IfGiven()
  @IsId()
  bannerId?: string;
}

export class UpdateGroupRequest {
  /** @example "Town beekeepers" */
  @IfGiven()
  @IsGroupTitle()
  title?: string;

  /** @example "Swarms, honey, and who lends whom an extractor." */
  @IsOptionalText(LIMITS.group.description.maxLength, true)
  description?: string | null;

  /** An uploaded picture of one's own; `null` removes the banner */
  @IsOptionalId()
  bannerId?: string | null;
}

export class GroupMember {
  user!: PersonCard;
  role!: GroupRole;
  joinedAt!: string;
}

export class GroupMemberPage {
  items!: GroupMember[];
  nextCursor!: string | null;
}

export class InviteRequest {
  /**
   * Up to fifty at once; who is a member or invited already is left out
   * @example ["01970000-0000-7000-8000-000000000001"]
   */
  @IsListOfIds(LIMITS.group.maxInvited)
  userIds!: string[];

  /** @example "We meet every first Friday." */
  @IsOptionalText(LIMITS.group.words.maxLength)
  words?: string | null;
}

export class Invited {
  /** How many were invited now */
  invited!: number;
  /** How many had asked to join, and are in now */
  joined!: number;
}

/** Somebody whom one can invite, or has invited. */
export class Invitable {
  user!: PersonCard;
  isInvited!: boolean;
}

export class InvitablePage {
  items!: Invitable[];
  nextCursor!: string | null;
}

/** An invitation that the viewer sent, or, for the creator, any that waits. */
export class SentInvitation {
  user!: PersonCard;
  inviter!: UserCard;
  words!: string | null;
  invitedAt!: string;
}

export class SentInvitationPage {
  items!: SentInvitation[];
  nextCursor!: string | null;
}

export class ReceivedInvitation extends GroupInvitation {
  group!: Group;
}

export class ReceivedInvitationPage {
  items!: ReceivedInvitation[];
  nextCursor!: string | null;
}

export class JoinRequest {
  /** @example "I keep two hives behind the school." */
  @IsOptionalText(LIMITS.group.words.maxLength)
  words?: string | null;
}

/** Somebody who asks to join. */
export class WaitingRequest {
  user!: PersonCard;
  words!: string | null;
  requestedAt!: string;
}

export class WaitingRequestPage {
  items!: WaitingRequest[];
  nextCursor!: string | null;
}

export class HandOverRequest {
  /** A member, who becomes the creator */
  @IsId()
  userId!: string;
}

/** What waits for the viewer, for the number in the navigation. */
export class UnseenGroups {
  invitations!: number;
  /** In the groups that the viewer leads */
  requests!: number;
}

export class MembershipsQuery extends PageQuery {
  /** Only those that are over */
  @IsOptional()
  @IsFlag()
  past: boolean = false;
}

/** A group that is still there. */
export class PastGroup {
  id!: string;
  title!: string;
}

/** A time in a group, for the person whose time it was. */
export class PastMembership {
  id!: string;
  group!: PastGroup | null;
  role!: GroupRole;
  joinedAt!: string;
  endedAt!: string | null;
  /** `left` oneself, was `removed`, or the `group` was deleted */
  endedBy!: 'left' | 'removed' | 'group' | null;
}

export class PastMembershipPage {
  items!: PastMembership[];
  nextCursor!: string | null;
}
