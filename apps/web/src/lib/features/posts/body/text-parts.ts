import { LIMITS } from '@echomate/contracts/limits';
import { HASHTAG, MENTION, tagOf } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';
import { addressIn, LINK } from '#lib/link-address.ts';

export type TextPart =
  | { kind: 'text'; text: string }
  /** Null: somebody hidden from the viewer, or deleted. */
  | { kind: 'mention'; user: UserCard | null }
  | { kind: 'hashtag'; text: string; tag: string }
  | { kind: 'link'; text: string; href: string };

const SPECIAL = new RegExp(`(${LINK})|(${MENTION.source})|(${HASHTAG.source})`, 'gu');

/** Splits a text into parts that a page can show without parsing markup. */
export const partsOf = (content: string, mentions: readonly UserCard[]): TextPart[] => {
  const parts: TextPart[] = [];
  const say = (text: string) => {
    if (text === '') return;
    const last = parts.at(-1);
    if (last?.kind === 'text') last.text += text;
    else parts.push({ kind: 'text', text });
  };
  let position = 0;
  for (const match of content.matchAll(SPECIAL)) {
    const [whole, link, mention, mentionedId, hashtag, word] = match;
    say(content.slice(position, match.index));
    position = match.index + whole.length;
    if (mention) {
      const user = mentions.find(({ id }) => id === mentionedId) ?? null;
      parts.push({ kind: 'mention', user });
    } else if (hashtag) {
      const tag = tagOf(word!);
      if (tag.length > LIMITS.hashtag.maxLength) say(hashtag);
      else parts.push({ kind: 'hashtag', text: hashtag, tag });
    } else if (link) {
      const address = addressIn(link);
      if (address) parts.push({ kind: 'link', text: address, href: address });
      say(link.slice(address?.length ?? 0));
    }
  }
  say(content.slice(position));
  return parts;
};

const SHORT = { characters: 600, lines: 12 };
/** Hiding less than this is not worth a button. */
const TOLERATED = 1.3;

/** The beginning of a long text, cut between words; null if it is short enough to be shown whole. */
export const beginningOf = (content: string): string | null => {
  const lines = content.split('\n');
  const isLong =
    content.length > SHORT.characters * TOLERATED || lines.length > SHORT.lines * TOLERATED;
  if (!isLong) return null;
  const start = lines.slice(0, SHORT.lines).join('\n');
  if (start.length <= SHORT.characters) return `${start.trimEnd()} …`;
  const cut = start.slice(0, SHORT.characters);
  const end = cut.search(/\s\S*$/u);
  return `${(end > SHORT.characters / 2 ? cut.slice(0, end) : cut).trimEnd()} …`;
};
