import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsListOfIds } from './fields.js';
import { PersonCard } from './follows.dto.js';
import { saying, sayingOneOf } from './saying.js';

export const NOTIFICATION_KINDS = [
  'follow-request',
  'follower',
  'follow-accepted',
  'group-invitation',
  'group-request',
  'group-joined',
  'event-created',
  'event-changed',
  'event-cancelled',
  'event-reminder',
  'comment',
  'reply',
  'like',
  'share',
  'mention',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Most that are marked at once; more are marked by marking all. */
export const MOST_READ_AT_ONCE = 100;
/** A mute with an end lasts this long at most. */
export const MOST_MUTED_HOURS = 24 * 365;

/** What can still be answered from inside the notification. */
export const NOTIFICATION_ANSWERS = [
  'follow-request',
  'group-invitation',
  'group-request',
] as const;
export type NotificationAnswer = (typeof NOTIFICATION_ANSWERS)[number];

export class NotificationPost {
  id!: string;
  /** The beginning of its title or text; empty if it has only pictures */
  excerpt!: string;
  /** Whether the viewer wrote it */
  isOwn!: boolean;
}

export class NotificationComment {
  id!: string;
  postId!: string;
  excerpt!: string;
  isOwn!: boolean;
}

export class NotificationGroup {
  id!: string;
  title!: string;
}

export class NotificationEvent {
  id!: string;
  title!: string;
  startsAt!: string;
  zone!: string;
}

/** Something the viewer is told. What they may no longer see is in none of its parts. */
export class Notification {
  id!: string;
  kind!: (typeof NOTIFICATION_KINDS)[number];
  at!: string;
  isRead!: boolean;
  /** Since the viewer last looked at the list */
  isNew!: boolean;
  /** Who did it, newest first: up to three */
  people!: PersonCard[];
  /** How many did it, of the newest fifty */
  peopleCount!: number;
  post!: NotificationPost | null;
  comment!: NotificationComment | null;
  group!: NotificationGroup | null;
  event!: NotificationEvent | null;
  /** The newest comment, reply or share that it tells of */
  newestCommentId!: string | null;
  newestShareId!: string | null;
  /** Of a change: what changed. Of a reminder: `day` or `hour` */
  details!: string[];
  /** What waits for an answer */
  answer!: (typeof NOTIFICATION_ANSWERS)[number] | null;
}

export class NotificationPage {
  items!: Notification[];
  nextCursor!: string | null;
}

/** For the number on the bell. */
export class UnseenNotifications {
  /** Up to a hundred */
  unseen!: number;
}

export class ReadNotificationsRequest {
  /**
   * Only these; all if left out
   * @example ["01989b2e-6a31-7c4e-9f0a-3d5b8c1e2f47"]
   */
  @IsListOfIds(MOST_READ_AT_ONCE)
  ids?: string[];
}

export class NotificationPreferences {
  /** Kinds the viewer doesn't want to hear of */
  silenced!: (typeof NOTIFICATION_KINDS)[number][];
}

export class NotificationPreferencesRequest {
  /**
   * Kinds you don't want to hear of
   * @example ["like"]
   */
  @IsArray(sayingOneOf(NOTIFICATION_KINDS))
  @ArrayMaxSize(NOTIFICATION_KINDS.length, saying('too-many', { max: NOTIFICATION_KINDS.length }))
  @IsIn(NOTIFICATION_KINDS, { each: true, ...sayingOneOf(NOTIFICATION_KINDS) })
  silenced!: (typeof NOTIFICATION_KINDS)[number][];
}

export class MuteNotificationsRequest {
  /**
   * For how long; for good if left out
   * @example 8
   */
  @IsOptional()
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(MOST_MUTED_HOURS, saying('too-big', { max: MOST_MUTED_HOURS }))
  hours?: number;
}

export class NotificationMute {
  post!: NotificationPost | null;
  group!: NotificationGroup | null;
  /** Null for good */
  until!: string | null;
}

export class NotificationMutes {
  items!: NotificationMute[];
}
