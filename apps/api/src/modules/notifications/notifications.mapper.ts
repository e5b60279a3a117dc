import type { PersonCard } from '@echomate/contracts/follows.dto';
import type {
  Notification,
  NotificationAnswer,
  NotificationKind,
} from '@echomate/contracts/notifications.dto';
import { excerptOf, MENTION } from '@echomate/contracts/text';
import { timeOf } from '../../platform/database/ids.js';
import type { ActionRow, NotificationRow } from './notifications.repository.js';

/** Of this many people a notification gives the cards. */
export const NAMED = 3;

/** These tell of nobody's action. */
const OF_NOBODY: NotificationKind[] = ['event-reminder', 'report-decided', 'moderated'];

/** With its mentions as the reader may see them. */
const readable = (text: string, cards: Map<string, PersonCard>): string =>
  excerptOf(text).replaceAll(MENTION, (_, id: string) => `@${cards.get(id)?.handle ?? '…'}`);

/** Null if everyone it tells of has just become hidden. */
export function toNotification(
  viewerId: string,
  row: NotificationRow,
  actions: ActionRow[],
  cards: Map<string, PersonCard>,
  seenUpTo: string | null,
): Notification | null {
  const people = actions.flatMap(({ actorId }) => cards.get(actorId) ?? []);
  if (!people.length && !OF_NOBODY.includes(row.kind)) return null;
  return {
    id: row.notificationId,
    kind: row.kind,
    at: timeOf(row.id),
    isRead: row.readAt !== null,
    isNew: row.readAt === null && (seenUpTo === null || row.id > seenUpTo),
    people: people.slice(0, NAMED),
    peopleCount: actions.length,
    post: row.postId
      ? {
          id: row.postId,
          excerpt: readable(row.postExcerpt!, cards),
          isOwn: row.postAuthorId === viewerId,
        }
      : null,
    comment: row.commentId
      ? {
          id: row.commentId,
          postId: row.commentPostId!,
          excerpt: readable(row.commentExcerpt!, cards),
          isOwn: row.commentAuthorId === viewerId,
        }
      : null,
    group: row.groupId ? { id: row.groupId, title: row.groupTitle! } : null,
    event: row.eventId
      ? {
          id: row.eventId,
          title: row.eventTitle!,
          startsAt: row.eventStartsAt!,
          zone: row.eventZone!,
        }
      : null,
    newestCommentId: actions[0]?.commentId ?? null,
    newestShareId: actions[0]?.postId ?? null,
    details: row.detail?.split(' ') ?? [],
    answer: answerOf(row, people[0]),
  };
}

function answerOf(row: NotificationRow, asking: PersonCard | undefined): NotificationAnswer | null {
  switch (row.kind) {
    case 'follow-request':
      return asking?.relation.followedBy === 'requested' ? 'follow-request' : null;
    case 'group-invitation':
    case 'group-request':
      return row.isIn ? null : row.kind;
    default:
      return null;
  }
}
