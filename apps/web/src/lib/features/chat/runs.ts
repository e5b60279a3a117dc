import type { Message } from '@echomate/contracts/chat.dto';

const PAUSE_MS = 5 * 60_000;

/** Whether a message is the first or the last of several that somebody wrote without a pause: they share name and time. */
export interface Place {
  isFirst: boolean;
  isLast: boolean;
}

/** `breaks` are the messages before which something else stands, such as the day. */
export const placesOf = (messages: readonly Message[], breaks: ReadonlySet<string>): Place[] => {
  const follows = messages.map((message, at) => {
    const before = messages[at - 1];
    return (
      before !== undefined &&
      !breaks.has(message.id) &&
      before.sender?.id === message.sender?.id &&
      Date.parse(message.sentAt) - Date.parse(before.sentAt) < PAUSE_MS
    );
  });
  return messages.map((_, at) => ({ isFirst: !follows[at], isLast: !follows[at + 1] }));
};
