import type { CommentPage } from '@echomate/contracts/posts.dto';

interface Listed {
  id: string;
}

/**
 * A list that begins anew with what was just read, its first part in the same order. As far as that reaches, what is not
 * in it is gone; what comes after it stays. Where the list ends it ends still, unless it was the whole list.
 */
export const refreshed = <Item extends Listed>(
  shown: readonly Item[],
  nextCursor: string | null,
  read: Pick<CommentPage, 'nextCursor'> & { items: Item[] },
  order: 'newest first' | 'oldest first',
): { items: Item[]; nextCursor: string | null } => {
  const isAfter = (one: Listed, other: Listed | undefined) =>
    other !== undefined && (order === 'newest first' ? one.id < other.id : one.id > other.id);
  const [first, end, last] = [shown[0], shown.at(-1), read.items.at(-1)];
  // So much is new that the two don't meet.
  if (read.nextCursor !== null && (!first || isAfter(first, last))) return read;
  const items = nextCursor === null ? read.items : read.items.filter((one) => !isAfter(one, end));
  const rest = read.nextCursor === null ? [] : shown.filter((one) => isAfter(one, last));
  return { items: [...items, ...rest], nextCursor };
};
