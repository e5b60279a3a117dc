import { IsBoolean } from 'class-validator';
import type { Message } from './chat.dto.js';
import { IsId, IsListOfIds } from './fields.js';
import { LIMITS } from './limits.js';
import type { UserCard } from './users.dto.js';

/** What an open page can show and hear of. Of groups and people: whether something new was posted. */
export type ShownKind = 'post' | 'event' | 'group' | 'person';

export interface ShownThing {
  kind: ShownKind;
  id: string;
}

/** What the server pushes to open pages. Whoever pushes asks the access rule for each recipient at that moment. */
export interface ServerPushes {
  /** This session is over; the connection ends. */
  'session.ended': () => void;
  /** Some may be missing, because another server process has ended: catch up as after having been away. */
  'pushes.missed': () => void;
  /** Something came, or was seen or read on another page: what is shown is asked for anew. */
  'notifications.changed': () => void;
  /** A message, as the recipient may see it; to its sender's other pages, too. */
  'message.added': (message: Message) => void;
  /** Edited, deleted, or somebody reacted. */
  'message.changed': (message: Message) => void;
  /** Somebody has read up to this message: another, or the recipient on another page. */
  'conversation.read': (read: {
    conversationId: string;
    user: UserCard;
    messageId: string;
  }) => void;
  /** How the recipient stands to it has changed: load it again. It may be gone. */
  'conversation.changed': (changed: { conversationId: string }) => void;
  /** Somebody is writing; forget it after some seconds. */
  typing: (typing: { conversationId: string; userId: string }) => void;
  'presence.changed': (presence: { userId: string; isOnline: boolean }) => void;
  /** Something that this page shows has changed. Ask for it within `withinMs`, at a moment of your own. */
  'shown.changed': (changed: {
    things: (ShownThing & { hasNewComments: boolean })[];
    withinMs: number;
  }) => void;
  /** The viewer can't see these any more, or there are none; the page hears no more of them. */
  'shown.gone': (gone: { things: ShownThing[] }) => void;
  /** There may be new posts in the home feed. */
  'feed.grown': (grown: { withinMs: number }) => void;
}

export class TypingFrame {
  @IsId()
  conversationId!: string;
}

/** All that a page shows now: takes the place of the frame before. */
export class ShowingFrame {
  @IsListOfIds(LIMITS.shown.maxPosts)
  post: string[] = [];

  @IsListOfIds(LIMITS.shown.maxOthers)
  event: string[] = [];

  @IsListOfIds(LIMITS.shown.maxOthers)
  group: string[] = [];

  @IsListOfIds(LIMITS.shown.maxOthers)
  person: string[] = [];

  /** The viewer's home feed */
  @IsBoolean()
  feed = false;
}

/** What pages send over the socket: what nobody keeps. Everything that is kept goes over HTTP. */
export interface ClientFrames {
  typing: (frame: TypingFrame) => void;
  showing: (frame: ShowingFrame) => void;
  /** Whether the page is visible: whoever looks at one gets no push */
  looking: (isLooking: boolean) => void;
}
