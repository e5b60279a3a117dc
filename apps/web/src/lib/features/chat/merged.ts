import type { Message } from '@echomate/contracts/chat.dto';

/** Each once, the later word about it, oldest first. */
export const merged = (known: readonly Message[], added: readonly Message[]): Message[] => {
  const byId = new Map([...known, ...added].map((message) => [message.id, message]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
};
