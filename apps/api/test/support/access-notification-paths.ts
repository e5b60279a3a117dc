import type { Frame } from '@echomate/contracts/frame.dto';
import type { Notification, UnseenNotifications } from '@echomate/contracts/notifications.dto';
import type { AccessModel } from './access-model.js';
import { lineOf, partOf } from './access-notification-model.js';
import type { OwnPath } from './access-person-paths.js';
import type { AccessWorld } from './access-world.js';
import { told, type Page } from './asker.js';

/** What a viewer is told: the list, and the numbers around every page. */

const commentOf = (world: AccessWorld, id: string): string =>
  [...world.posts, ...world.events]
    .filter(([, { comment }]) => comment.id === id)
    .map(([name]) => partOf(name, 'comment'))[0] ?? 'another comment';

export function line(
  world: AccessWorld,
  { kind, people, peopleCount, ...about }: Notification,
): string {
  const { post, comment, group, event } = about;
  const subject = post
    ? world.namesOf('posts', [post])[0]
    : comment
      ? commentOf(world, comment.id)
      : group
        ? world.namesOf('groups', [group])[0]
        : event
          ? world.namesOf('events', [event])[0]
          : 'them';
  return lineOf(kind, subject ?? 'something else', peopleCount, world.namesOf('people', people));
}

const numberOf = ({ notifications }: AccessModel, viewer: string): number =>
  notifications.shownTo(viewer).length;

export const OWN_NOTIFICATION_PATHS: OwnPath[] = [
  {
    name: 'notifications',
    ask: async (asker, world) =>
      told(await asker.get('notifications?limit=100'), ({ items }: Page<Notification>) =>
        items.map((one) => line(world, one)).sort(),
      ),
    expect: ({ notifications }, viewer) => notifications.shownTo(viewer),
  },
  {
    name: 'number on the bell',
    ask: async (asker) =>
      told(await asker.get('notifications/unseen'), ({ unseen }: UnseenNotifications) => unseen),
    expect: numberOf,
  },
  {
    name: 'numbers around every page',
    ask: async (asker) =>
      told(await asker.get('frame'), ({ unseen }: Frame) => ({
        notifications: unseen.notifications.unseen,
        messages: unseen.messages.conversations,
        follows: unseen.follows.requests,
        invitations: unseen.groups.invitations,
        requests: unseen.groups.requests,
      })),
    expect: (model, viewer) => {
      const { groups, chat } = model;
      return {
        notifications: numberOf(model, viewer),
        messages: chat.unread(viewer),
        follows: model.visible(viewer, model.requestsTo(viewer)).length,
        invitations: groups.names.filter((one) => groups.inviterOf(viewer, one) !== null).length,
        requests: groups.names
          .filter((one) => groups.leads(viewer, one))
          .flatMap((one) =>
            model.visible(
              viewer,
              model.people.filter((who) => groups.isAsking(who, one)),
            ),
          ).length,
      };
    },
  },
];
