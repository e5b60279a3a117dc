import type { Message } from './chat.dto.js';
import { IsId } from './fields.js';

/** What the server pushes to open pages. Whoever pushes asks the access rule for each recipient at that moment. */
export interface ServerPushes {
  /** This session is over; the connection ends. */
  'session.ended': () => void;
  /** Something came, or was seen or read on another page: what is shown is asked for anew. */
  'notifications.changed': () => void;
  /** A message, as the recipient may see it; to its sender's other pages, too. */
  'message.added': (message: Message) => void;
  /** Edited, deleted, or somebody reacted. */
  'message.changed': (message: Message) => void;
  /** Somebody has read up to this message: another, or the recipient on another page. */
  'conversation.read': (read: {
    conversationId: string;
    userId: string;
    messageId: string;
  }) => void;
  /** How the recipient stands to it has changed: load it again. It may be gone. */
  'conversation.changed': (changed: { conversationId: string }) => void;
  /** Somebody is writing; forget it after some seconds. */
  typing: (typing: { conversationId: string; userId: string }) => void;
  'presence.changed': (presence: { userId: string; isOnline: boolean }) => void;
}

export class TypingFrame {
  @IsId()
  conversationId!: string;
}

/** What pages send over the socket: what nobody keeps. Everything that is kept goes over HTTP. */
export interface ClientFrames {
  typing: (frame: TypingFrame) => void;
  /** Whether the page is visible: whoever looks at one gets no push */
  looking: (isLooking: boolean) => void;
}
