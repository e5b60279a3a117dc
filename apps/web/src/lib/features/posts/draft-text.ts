import type { UserCard } from '@echomate/contracts/users.dto';

/** Whom the names in a text that is being written stand for. */
export type Mentioned = Record<string, UserCard>;

const TOKEN = /@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi;

/** The name as it stands behind the sign. Two people of one name are told apart by their nickname. */
export const labelFor = (user: UserCard, mentioned: Mentioned): string => {
  const name = `${user.firstName} ${user.lastName}`;
  const labels = [name, ...(user.nickname ? [`${name} (${user.nickname})`] : [])];
  const isFree = (label: string) => !mentioned[label] || mentioned[label].id === user.id;
  const free = labels.find(isFree);
  if (free) return free;
  for (let number = 2; ; number += 1) {
    if (isFree(`${name} ${number}`)) return `${name} ${number}`;
  }
};

/** What is sent: every picked name becomes the id it stands for. */
export const contentOf = (text: string, mentioned: Mentioned): string => {
  // The longer name first: "Ada Okafor (bee)" is not "Ada Okafor" with something behind it.
  const labels = Object.keys(mentioned).sort((a, b) => b.length - a.length);
  if (labels.length === 0) return text;
  const names = new RegExp(`@(${labels.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(names, (whole, label: string) => {
    const user = mentioned[label];
    return user ? `@${user.id}` : whole;
  });
};

/** What is written on when a text is edited: ids become names again. */
export const draftOf = (
  content: string,
  mentions: readonly UserCard[],
): { text: string; mentioned: Mentioned } => {
  const mentioned: Mentioned = {};
  const text = content.replace(TOKEN, (whole, id: string) => {
    const user = mentions.find((mention) => mention.id === id.toLowerCase());
    if (!user) return whole;
    const label = labelFor(user, mentioned);
    mentioned[label] = user;
    return `@${label}`;
  });
  return { text, mentioned };
};

/** What stands between the sign and the caret, if a mention is being written there. */
export const mentionBefore = (text: string, caret: number): { start: number; q: string } | null => {
  const written = /(?:^|[\s([{"'“])@([\p{L}\p{N}][^\s@]*(?: [\p{L}][^\s@]*)?)?$/u.exec(
    text.slice(0, caret),
  );
  if (!written) return null;
  const q = written[1] ?? '';
  return { start: caret - q.length - 1, q };
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
