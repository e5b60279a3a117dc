import type { Notification } from '@echomate/contracts/notifications.dto';
import type { PersonCard } from '@echomate/contracts/follows.dto';
import type { Mail } from '../../platform/mail/mail.js';

interface Digest {
  to: string;
  notifications: Notification[];
  /** There are more than these */
  hasMore: boolean;
  pages: Record<'list' | 'unsubscribe', string>;
  /** Where mail programs end it with one request */
  unsubscribeAt: string;
}

/** Names and counts only: an email can't be taken back. */
export function digestMail(digest: Digest): Mail {
  const { to, notifications, hasMore, pages, unsubscribeAt } = digest;
  const count = `${notifications.length}${hasMore ? '+' : ''}`;
  return {
    to,
    subject: count === '1' ? '1 new notification' : `${count} new notifications`,
    text: [
      'Hello,',
      "Here's what you haven't read yet:",
      notifications.map((notification) => `• ${sentenceOf(notification)}`).join('\n'),
      ...(hasMore ? ['And more.'] : []),
      pages.list,
      "You get this email at most once a day. If you don't want it any more, stop it here:",
      pages.unsubscribe,
    ].join('\n\n'),
    unsubscribeAt,
  };
}

const nameOf = ({ firstName, lastName }: PersonCard) => `${firstName} ${lastName}`;

function namesOf({ people, peopleCount }: Notification): string {
  const [first, second] = people.map(nameOf);
  if (!first) return 'Someone';
  if (peopleCount === 1) return first;
  if (peopleCount === 2) return `${first} and ${second ?? '1 other'}`;
  return `${first} and ${peopleCount - 1} others`;
}

function sentenceOf(notification: Notification): string {
  const names = namesOf(notification);
  const { comment, group } = notification;
  switch (notification.kind) {
    case 'follow-request':
      return `${names} wants to follow you.`;
    case 'follower':
      return `${names} started following you.`;
    case 'follow-accepted':
      return `${names} accepted your follow request.`;
    case 'group-invitation':
      return `${names} invited you to ${group?.title ?? 'a group'}.`;
    case 'group-request':
      return `${names} asked to join ${group?.title ?? 'your group'}.`;
    case 'group-joined':
      return `${names} accepted your request to join ${group?.title ?? 'a group'}.`;
    case 'event-created':
      return `${names} planned an event.`;
    case 'event-changed':
      return `${names} changed an event you responded to.`;
    case 'event-cancelled':
      return `${names} cancelled an event you responded to.`;
    case 'event-reminder':
      return 'You have a reminder about an event you responded to.';
    case 'comment':
      return `${names} commented on your post.`;
    case 'reply':
      return `${names} replied to your comment.`;
    case 'like':
      return `${names} liked your ${comment ? 'comment' : 'post'}.`;
    case 'share':
      return `${names} shared your post.`;
    case 'mention':
      return `${names} mentioned you in a ${comment ? 'comment' : 'post'}.`;
    case 'report-decided':
      return 'The moderators have reviewed what you reported.';
    case 'moderated':
      return 'The moderators have made a decision about something of yours.';
  }
}
