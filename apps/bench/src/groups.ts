import type * as Uuid from 'uuid';
import { fromApi } from './api-packages.ts';
import type { Installation } from './installation.ts';
import { insertRows, type Table } from './rows.ts';

const { v7: uuid } = fromApi('uuid') as typeof Uuid;

export interface PlannedGroup {
  /** The first leads it. */
  memberIds: string[];
  /** By its leader, newest last. */
  posts: number;
  /** Whose feeds the posts are in. */
  readerIds?: string[];
}

/** Groups with members and posts, written past the api; answers with their ids. */
export async function foundGroups(
  installation: Installation,
  groups: PlannedGroup[],
): Promise<string[]> {
  const tables: Record<string, Table['rows']> = {
    groups: [],
    group_words: [],
    memberships: [],
    posts: [],
    feed_entries: [],
  };
  const ids: string[] = [];
  for (const [number, { memberIds, posts, readerIds = [] }] of groups.entries()) {
    const at = new Date().toISOString();
    const id = uuid();
    const title = `Gardeners ${number}`;
    ids.push(id);
    tables['groups']!.push({
      id,
      title,
      creator_id: memberIds[0]!,
      description: 'Seeds and tools',
      search_text: ` gardeners ${number} seeds and tools`,
      member_count: memberIds.length,
      created_at: at,
    });
    for (const word of ['gardeners', String(number), 'seeds', 'and', 'tools'])
      tables['group_words']!.push({ word, group_id: id });
    for (const [place, userId] of memberIds.entries())
      tables['memberships']!.push({
        id: uuid(),
        group_id: id,
        user_id: userId,
        role: place === 0 ? 'creator' : 'member',
        joined_at: at,
      });
    for (let post = 0; post < posts; post++) {
      const postId = uuid();
      tables['posts']!.push({
        id: postId,
        author_id: memberIds[0]!,
        audience: 'group',
        group_id: id,
        content: `Number ${post} in ${title}`,
        created_at: at,
      });
      for (const readerId of readerIds)
        tables['feed_entries']!.push({ owner_id: readerId, post_id: postId });
    }
  }
  await insertRows(
    installation,
    Object.entries(tables)
      .filter(([, rows]) => rows.length)
      .map(([name, rows]) => ({ name, rows })),
  );
  return ids;
}
