import type {
  Notification,
  NotificationChannel,
  NotificationTopic,
} from '@echomate/contracts/notifications.dto';
import { resolve } from '$app/paths';
import { eventPath } from '#lib/features/events/event-path.ts';
import { nameOf } from '#lib/features/follows/person.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import { commentPath, postPath } from '#lib/features/posts/post-path.ts';
import { decisionPath } from '#lib/features/moderation/report-path.ts';
import * as m from '#lib/generated/messages.js';

/** Stands in a sentence where names are, which are set in bold. */
const NAMES = '\u0000';

/** A sentence around the names of who did it. */
export interface Said {
  before: string;
  names: string;
  after: string;
}

export const saidOf = (notification: Notification): Said => {
  const [before = '', after = ''] = sentenceOf(notification).split(NAMES);
  return { before, names: namesOf(notification), after };
};

const namesOf = ({ people, peopleCount }: Notification): string => {
  const [first, second] = people.map(nameOf);
  if (!first) return '';
  if (peopleCount === 1) return first;
  if (peopleCount === 2 && second) return m.notifications_two({ first, second });
  return m.notifications_many({ first, count: peopleCount - 1 });
};

const sentenceOf = ({ kind, group, event, comment, details }: Notification): string => {
  const names = NAMES;
  const inGroup = { names, group: group?.title ?? '' };
  const ofEvent = { names, event: event?.title ?? '' };
  switch (kind) {
    case 'follow-request':
      return m.notifications_follow_request({ names });
    case 'follower':
      return m.notifications_follower({ names });
    case 'follow-accepted':
      return m.notifications_follow_accepted({ names });
    case 'group-invitation':
      return m.notifications_group_invitation(inGroup);
    case 'group-request':
      return m.notifications_group_request(inGroup);
    case 'group-joined':
      return m.notifications_group_joined(inGroup);
    case 'event-created':
      return m.notifications_event_created(ofEvent);
    case 'event-changed':
      return isOnlyElsewhere(details)
        ? m.notifications_event_changed(ofEvent)
        : m.notifications_event_moved(ofEvent);
    case 'event-cancelled':
      return m.notifications_event_cancelled(ofEvent);
    case 'event-reminder':
      return details.includes('day')
        ? m.notifications_event_in_a_day(ofEvent)
        : m.notifications_event_in_an_hour(ofEvent);
    case 'comment':
      return m.notifications_comment({ names });
    case 'reply':
      return m.notifications_reply({ names });
    case 'like':
      return comment ? m.notifications_like_comment({ names }) : m.notifications_like({ names });
    case 'share':
      return m.notifications_share({ names });
    case 'mention':
      return comment
        ? m.notifications_mention_comment({ names })
        : m.notifications_mention({ names });
    case 'report-decided':
      return details[0] === 'dismiss'
        ? m.notifications_report_dismissed()
        : m.notifications_report_acted();
    case 'moderated':
      return moderatedWords(details[0] ?? '');
  }
};

const moderatedWords = (decision: string): string => {
  switch (decision) {
    case 'remove':
      return m.notifications_moderated_remove();
    case 'warn':
      return m.notifications_moderated_warn();
    case 'suspend':
      return m.notifications_moderated_suspend();
    case 'undo-suspend':
      return m.notifications_moderated_lifted();
    case 'appeal-upheld':
      return m.notifications_moderated_upheld();
    case 'appeal-overturned':
      return m.notifications_moderated_overturned();
    default:
      return m.notifications_moderated_undone();
  }
};

/** A new time is said as such. */
const isOnlyElsewhere = (changed: string[]): boolean =>
  !changed.some((field) => ['start', 'end', 'zone'].includes(field));

/** Where it leads. */
export const targetOf = (notification: Notification): string => {
  const { kind, post, comment, event, group, newestCommentId, newestShareId } = notification;
  const [person] = notification.people;
  if (kind === 'moderated' && notification.details[2]) return decisionPath(notification.details[2]);
  if (event) return eventPath(event.id);
  if (newestShareId) return postPath(newestShareId);
  const postId = post?.id ?? comment?.postId;
  if (postId) {
    const commentId = newestCommentId ?? comment?.id;
    return commentId ? commentPath(postId, commentId) : postPath(postId);
  }
  if (group)
    return kind === 'group-request'
      ? resolve('/(app)/groups/[id]/members', { id: group.id })
      : groupPath(group.id);
  return person
    ? resolve('/(app)/@[handle]', { handle: person.handle })
    : resolve('/(app)/notifications');
};

/** As settings name them, in the order in which they stand there. */
export const topicsInWords = (): {
  title: string;
  topics: { topic: NotificationTopic; label: string }[];
}[] => [
  {
    title: m.notifications_topics_people(),
    topics: [
      { topic: 'message', label: m.notifications_topic_message() },
      { topic: 'follow-request', label: m.notifications_kind_follow_request() },
      { topic: 'follower', label: m.notifications_kind_follower() },
      { topic: 'follow-accepted', label: m.notifications_kind_follow_accepted() },
      { topic: 'report-decided', label: m.notifications_kind_report_decided() },
      { topic: 'moderated', label: m.notifications_kind_moderated() },
    ],
  },
  {
    title: m.notifications_topics_posts(),
    topics: [
      { topic: 'comment', label: m.notifications_kind_comment() },
      { topic: 'reply', label: m.notifications_kind_reply() },
      { topic: 'mention', label: m.notifications_kind_mention() },
      { topic: 'like', label: m.notifications_kind_like() },
      { topic: 'share', label: m.notifications_kind_share() },
    ],
  },
  {
    title: m.notifications_topics_groups(),
    topics: [
      { topic: 'group-invitation', label: m.notifications_kind_group_invitation() },
      { topic: 'group-request', label: m.notifications_kind_group_request() },
      { topic: 'group-joined', label: m.notifications_kind_group_joined() },
      { topic: 'event-created', label: m.notifications_kind_event_created() },
      { topic: 'event-changed', label: m.notifications_kind_event_changed() },
      { topic: 'event-cancelled', label: m.notifications_kind_event_cancelled() },
      { topic: 'event-reminder', label: m.notifications_kind_event_reminder() },
    ],
  },
];

export const channelsInWords = (): { channel: NotificationChannel; label: string }[] => [
  { channel: 'app', label: m.notifications_channel_app() },
  { channel: 'push', label: m.notifications_channel_push() },
  { channel: 'email', label: m.notifications_channel_email() },
];
