import { FIRST_ID } from '../../src/platform/database/ids.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { NotificationsService } from '../../src/modules/notifications/notifications.service.js';
import { PushRepository } from '../../src/modules/notifications/push.repository.js';
import type { AccessModel } from './access-model.js';
import { line } from './access-notification-paths.js';
import { THEIR_OWN, type Question } from './access-questions.js';
import type { AccessWorld } from './access-world.js';

/** What comes by email and push unless somebody chooses otherwise. */
const PERSONAL = [
  ...['follow-request', 'group-invitation', 'group-request', 'comment', 'reply', 'mention'],
  ...['event-changed', 'event-cancelled', 'event-reminder'],
];
const LIMIT = 200;

const kindOf = (told: string): string => told.split(',')[0]!;
const personal = ({ notifications }: AccessModel, viewer: string): string[] =>
  notifications.shownTo(viewer).filter((told) => PERSONAL.includes(kindOf(told)));

/** What comes to somebody with no page open, as it is asked for when it is sent: by email, and to their devices. */
export function aboutChannels(world: AccessWorld, viewer: string): Question[] {
  const { id } = world.person(viewer);
  const about = { viewer, about: THEIR_OWN };
  const isActive = () => world.model.isActive(viewer);
  const push = world.app.get(PushRepository);
  return [
    {
      ...about,
      path: 'daily email',
      // To an account that is not active no email is written at all.
      expect: () => (isActive() ? personal(world.model, viewer) : undefined),
      ask: async () => {
        const service = world.app.get(NotificationsService);
        const { items } = await service.unread(id, 'email', FIRST_ID, LIMIT);
        return items.map((one) => line(world, one)).sort();
      },
    },
    {
      ...about,
      path: 'notifications pushed to devices',
      expect: () => (isActive() ? personal(world.model, viewer).map(kindOf).sort() : []),
      ask: async () => {
        const told = await world.app
          .get(Database)
          .many<{ id: string }>(sql`SELECT id FROM notifications WHERE user_id = ${id}`);
        return (
          await push.findKinds(
            id,
            told.map((one) => one.id),
          )
        ).sort();
      },
    },
    {
      ...about,
      path: 'messages pushed to devices',
      expect: () => (isActive() ? world.model.chat.unreadOfTwo(viewer) : 0),
      ask: () => {
        const { everyMessage } = world.model.chat;
        const ids = everyMessage
          .filter(({ sender }) => sender !== viewer)
          .map(({ name }) => world.conversations.messageIds.get(name)!);
        return push.countMessages(id, ids);
      },
    },
  ];
}
