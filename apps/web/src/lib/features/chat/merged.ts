import type { Message } from '@echomate/contracts/chat.dto';

/** Each once, the later word about it, oldest first. */
export const merged = (known: readonly Message[], added: readonly Message[]): Message[] => {
  const byId = new Map([...known, ...added].map((message) => [message.id, message]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
};

/** Within this time a page is told that pushes were missed; meanwhile later messages may have come. */
const SETTLED_MS = 60_000;

/** The last message before which none can be missing, where catching up begins; of those sorted as above. */
export const completeUpTo = (known: readonly Message[]): string | undefined => {
  const settled = Date.parse(known.at(-1)?.sentAt ?? '') - SETTLED_MS;
  return (known.findLast(({ sentAt }) => Date.parse(sentAt) <= settled) ?? known[0])?.id;
};
