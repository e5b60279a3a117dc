import { CurrentSession } from './auth.dto.js';
import type { UnreadConversations } from './chat.dto.js';
import type { UnseenFollows } from './follows.dto.js';
import type { UnseenGroups } from './groups.dto.js';
import type { UnseenNotifications } from './notifications.dto.js';
import type { Brand } from './site.dto.js';

/** What waits for the viewer, for the numbers in the navigation. */
export class Unseen {
  follows!: UnseenFollows;
  groups!: UnseenGroups;
  messages!: UnreadConversations;
  notifications!: UnseenNotifications;
  /** How many wait to be let in, for those who decide; at most 100 */
  registrations!: number;
}

/** What stands around every page. */
export class Frame extends CurrentSession {
  unseen!: Unseen;
  brand!: Brand;
}
