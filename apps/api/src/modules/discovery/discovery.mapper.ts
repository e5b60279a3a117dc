import type { Dismissal, DismissalKind } from '@echomate/contracts/discovery.dto';
import type { Post } from '@echomate/contracts/posts.dto';
import { excerptOf, MENTION } from '@echomate/contracts/text';
import type { UserCard } from '@echomate/contracts/users.dto';
import type { DismissalRow } from './dismissals.repository.js';

interface Known {
  cards: Map<string, UserCard>;
  posts: Map<string, Post>;
}

/** Null if what it is about has just become hidden from the viewer. */
export function toDismissal(row: DismissalRow, { cards, posts }: Known): Dismissal | null {
  const kind = kindOf(row);
  const person = row.personId === null ? null : cards.get(row.personId);
  const post = row.postId === null ? null : posts.get(row.postId);
  if (person === undefined || post === undefined) return null;
  return {
    id: row.id,
    kind,
    person,
    group: row.groupId === null ? null : { id: row.groupId, title: row.title! },
    post: post && { id: post.id, author: post.author, excerpt: beginningOf(post) },
    tag: row.tag,
    dismissedAt: row.createdAt,
  };
}

const kindOf = ({ personId, groupId, postId }: DismissalRow): DismissalKind => {
  if (personId !== null) return 'person';
  if (groupId !== null) return 'group';
  return postId === null ? 'hashtag' : 'post';
};

/** Mentions as people read them. */
const beginningOf = ({ title, content, mentions }: Post): string =>
  title ??
  excerptOf(content).replaceAll(
    MENTION,
    (_, id: string) => `@${mentions.find((one) => one.id === id)?.handle ?? '…'}`,
  );
