import { MENTION } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';

/** The text to edit: it is kept with ids and typed with handles, which the api turns into ids again. */
export const draftOf = (content: string, mentions: readonly UserCard[]): string =>
  content.replace(MENTION, (whole, id: string) => {
    const user = mentions.find((mention) => mention.id === id);
    return user ? `@${user.handle}` : whole;
  });

/** The text between the sign and the caret, if a mention is being typed there. */
export const mentionBefore = (text: string, caret: number): { start: number; q: string } | null => {
  const written = /(?:^|[\s([{"'“])@([\p{L}\p{N}][^\s@]*(?: [\p{L}][^\s@]*)?)?$/u.exec(
    text.slice(0, caret),
  );
  if (!written) return null;
  const q = written[1] ?? '';
  return { start: caret - q.length - 1, q };
};
