import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  IfGiven,
  IsAddress,
  IsBytes,
  IsId,
  IsListOfIds,
  IsOptionalTimeOfDay,
  IsZone,
} from './fields.js';
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
  'report-decided',
  'moderated',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** In characters; those of push services have a few hundred. */
export const MOST_ENDPOINT_LENGTH = 1000;
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
  /**
   * Of a change: what changed. Of a reminder: `day` or `hour`. Of a report: what was decided. Of what was decided about
   * the viewer: that, the rule that was broken, and the id of the decision
   */
  details!: string[];
  /** What waits for an answer */
  answer!: (typeof NOTIFICATION_ANSWERS)[number] | null;
}

export class NotificationPage {
  items!: Notification[];
  nextCursor!: string | null;
  /** How far whoever looks at this page has seen the list; null if it is empty */
  newest!: string | null;
}

export class SeenNotificationsRequest {
  /**
   * The `newest` of the page that was looked at: what came since is still unseen
   * @example 01989b2e-6a31-7c4e-9f0a-3d5b8c1e2f47
   */
  @IsId()
  upTo!: string;
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

/** What can be chosen: every kind, and messages, which are not notifications. */
export const NOTIFICATION_TOPICS = [...NOTIFICATION_KINDS, 'message'] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];

/** In the app, as a push to devices, and in the daily email. */
export const NOTIFICATION_CHANNELS = ['app', 'push', 'email'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

export const MOST_CHOICES = NOTIFICATION_TOPICS.length * NOTIFICATION_CHANNELS.length;

export class NotificationChoice {
  topic!: (typeof NOTIFICATION_TOPICS)[number];
  channel!: (typeof NOTIFICATION_CHANNELS)[number];
  isOn!: boolean;
}

export class NotificationPreferences {
  /** All there are. What is off in the app comes by no other channel. */
  choices!: NotificationChoice[];
  /** The IANA time zone of the hours below; null until a browser has told it, and then UTC */
  zone!: string | null;
  /** No push comes from this time on; null without quiet hours */
  quietFrom!: string | null;
  quietTo!: string | null;
  /** When the daily email is sent, if there is something; null for never */
  digestHour!: number | null;
}

export class NotificationChoiceRequest {
  @IsIn(NOTIFICATION_TOPICS, sayingOneOf(NOTIFICATION_TOPICS))
  topic!: (typeof NOTIFICATION_TOPICS)[number];

  @IsIn(NOTIFICATION_CHANNELS, sayingOneOf(NOTIFICATION_CHANNELS))
  channel!: (typeof NOTIFICATION_CHANNELS)[number];

  @IsBoolean(sayingOneOf(['true', 'false']))
  isOn!: boolean;
}

/** What is left out stays. */
export class NotificationPreferencesRequest {
  /** @example [{ "topic": "like", "channel": "push", "isOn": true }] */
  @IfGiven()
  @IsArray(saying('required'))
  @ArrayMaxSize(MOST_CHOICES, saying('too-many', { max: MOST_CHOICES }))
  @ValidateNested({ each: true, ...saying('required') })
  @Type(() => NotificationChoiceRequest)
  choices?: NotificationChoiceRequest[];

  /** @example "Europe/Berlin" */
  @IfGiven()
  @IsZone()
  zone?: string;

  /**
   * With `quietTo`; both `null` for no quiet hours
   * @example "22:00"
   */
  @IsOptionalTimeOfDay()
  quietFrom?: string | null;

  /** @example "07:00" */
  @IsOptionalTimeOfDay()
  quietTo?: string | null;

  /**
   * `null` for no daily email
   * @example 8
   */
  @IsOptional()
  @IsInt(saying('not-a-number'))
  @Min(0, saying('too-small', { min: 0 }))
  @Max(23, saying('too-big', { max: 23 }))
  digestHour?: number | null;
}

export class PushKeysRequest {
  /** @example "BJ2-yvnHp3zmvQGf5MzCVC1Rv7ieeqpuh0DWhkHTt0yDmGBLqPCOrN9q1cqSiSW5P7yINgCbDJSmuO05T3E2ZlY" */
  @IsBytes(65)
  p256dh!: string;

  /** @example "BTBZMqHH6r4Tts7J_aSIgg" */
  @IsBytes(16)
  auth!: string;
}

/** As a browser's PushSubscription gives it. */
export class PushSubscriptionRequest {
  /** @example "https://push.example.org/wpush/v2/abc" */
  @IsAddress(MOST_ENDPOINT_LENGTH)
  endpoint!: string;

  /** @example { "p256dh": "BJ2-yvnHp3zmvQGf5MzCVC1Rv7ieeqpuh0DWhkHTt0yDmGBLqPCOrN9q1cqSiSW5P7yINgCbDJSmuO05T3E2ZlY", "auth": "BTBZMqHH6r4Tts7J_aSIgg" } */
  @IsObject(saying('required'))
  @ValidateNested(saying('required'))
  @Type(() => PushKeysRequest)
  keys!: PushKeysRequest;
}

/** A browser that gets pushes: its session. */
export class PushDevice {
  id!: string;
  /** Browser and system */
  device!: string;
  addedAt!: string;
  isCurrent!: boolean;
}

export class PushState {
  /** What a browser subscribes with (VAPID) */
  publicKey!: string;
  /** Newest first */
  devices!: PushDevice[];
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
