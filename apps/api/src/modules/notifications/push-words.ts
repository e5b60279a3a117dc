import type { NotificationKind } from '@echomate/contracts/notifications.dto';

/** What a push says: numbers only, as it can't be taken back. Its page fetches the rest when it is opened. */
export interface PushWords {
  body: string;
  /** A newer push with the same tag takes its place */
  tag: string;
  /** Where it leads, inside the site */
  to: string;
}

const NOUNS: Record<NotificationKind, [one: string, more: string]> = {
  'follow-request': ['follow request', 'follow requests'],
  follower: ['follower', 'followers'],
  'follow-accepted': ['accepted follow request', 'accepted follow requests'],
  'group-invitation': ['group invitation', 'group invitations'],
  'group-request': ['request to join your group', 'requests to join your groups'],
  'group-joined': ['accepted request to join', 'accepted requests to join'],
  'event-created': ['event', 'events'],
  'event-changed': ['event update', 'event updates'],
  'event-cancelled': ['event cancellation', 'event cancellations'],
  'event-reminder': ['event reminder', 'event reminders'],
  comment: ['comment', 'comments'],
  reply: ['reply', 'replies'],
  like: ['like', 'likes'],
  share: ['share', 'shares'],
  mention: ['mention', 'mentions'],
  'report-decided': ['answer to your report', 'answers to your reports'],
  moderated: ['moderator decision', 'moderator decisions'],
};

const counted = (count: number, [one, more]: [string, string]) =>
  count === 1 ? `1 new ${one}` : `${count} new ${more}`;

export function pushWords(kinds: NotificationKind[], messages: number): PushWords | null {
  if (!kinds.length && !messages) return null;
  const [kind] = kinds;
  const isOneKind = kinds.every((other) => other === kind);
  const parts = [
    ...(kind
      ? [counted(kinds.length, isOneKind ? NOUNS[kind] : ['notification', 'notifications'])]
      : []),
    ...(messages ? [counted(messages, ['message', 'messages'])] : []),
  ];
  return {
    body: `${parts.join(' and ')}.`,
    tag: kinds.length ? 'notifications' : 'messages',
    to: kinds.length ? '/notifications' : '/messages',
  };
}
