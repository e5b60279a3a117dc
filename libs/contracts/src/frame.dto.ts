import { CurrentSession } from './auth.dto.js';
import type { UnreadConversations } from './chat.dto.js';
import type { UnseenFollows } from './follows.dto.js';
import type { UnseenGroups } from './groups.dto.js';
import type { UnseenNotifications } from './notifications.dto.js';

/** What waits for the viewer, for the numbers in the navigation. */
export class Unseen {
  follows!: UnseenFollows;
  groups!: UnseenGroups;
  messages!: UnreadConversations;
  notifications!: UnseenNotifications;
}

/** What stands around every page. */
export class Frame extends CurrentSession {
  unseen!: Unseen;
}
