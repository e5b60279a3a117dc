import { namedAll, type BareDatabase } from './database.ts';
import { HIDDEN, isOpen, isOriginalOpen } from './rule.ts';

export interface AuthorRow {
  handle: string;
  firstName: string;
  lastName: string;
  nickname: string | null;
  avatarId: string | null;
  visibility: string;
}

interface TextRow extends AuthorRow {
  id: string;
  authorId: string;
  audience: string;
  title: string | null;
  content: string;
  importedFrom: string | null;
  importedAt: string | null;
  createdAt: string;
  editedAt: string | null;
}

type OriginalRow = {
  [Name in keyof TextRow as `original${Capitalize<Name>}`]: TextRow[Name] | null;
};

/** A group's posts are not shared, so originals have none. */
export interface GroupRow {
  groupId: string | null;
  groupTitle: string | null;
  isLed: number | null;
}

interface PostRow extends TextRow, OriginalRow, GroupRow {
  likeCount: number;
  commentCount: number;
  shareCount: number;
  isLiked: number;
}

interface MediumRow {
  id: string;
  kind: string;
  status: string;
  width: number;
  height: number;
  durationMs: number | null;
  placeholder: string;
  alt: string | null;
  attachedId: string;
}

export type Card = ReturnType<typeof toCard>;
type Medium = ReturnType<typeof toMedium>;

export const MENTION = /@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;

/** Greater than every id. */
export const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const AUTHOR = `u.handle, u.first_name AS "firstName", u.last_name AS "lastName", u.nickname,
  u.avatar_id AS "avatarId", u.visibility`;

/** All of a page in one statement but what there are several of: pictures and mentions. */
const pageText = (ids: string) => `
  SELECT p.id, p.author_id AS "authorId", p.audience, p.title, p.content,
    p.group_id AS "groupId", g.title AS "groupTitle", g.creator_id = :viewer AS "isLed",
    p.imported_from AS "importedFrom", p.imported_at AS "importedAt",
    p.created_at AS "createdAt", p.edited_at AS "editedAt", ${AUTHOR},
    o.id AS "originalId", o.author_id AS "originalAuthorId", o.audience AS "originalAudience",
    o.title AS "originalTitle", o.content AS "originalContent", o.created_at AS "originalCreatedAt",
    o.imported_from AS "originalImportedFrom", o.imported_at AS "originalImportedAt",
    o.edited_at AS "originalEditedAt", ou.handle AS "originalHandle", ou.first_name AS "originalFirstName",
    ou.last_name AS "originalLastName", ou.nickname AS "originalNickname",
    ou.avatar_id AS "originalAvatarId", ou.visibility AS "originalVisibility",
    p.like_count - (SELECT count(*) FROM post_likes l
      WHERE l.post_id = p.id AND l.user_id IN ${HIDDEN}) AS "likeCount",
    p.comment_count - (SELECT COALESCE(sum(CASE
        WHEN c.parent_id IS NULL THEN 1 + c.reply_count
        WHEN parent.author_id IN ${HIDDEN} THEN 0 ELSE 1 END), 0)
      FROM comments c LEFT JOIN comments parent ON parent.id = c.parent_id
      WHERE c.author_id IN ${HIDDEN} AND c.post_id = p.id AND c.deleted_at IS NULL) AS "commentCount",
    (SELECT count(*) FROM (SELECT 1 FROM posts s WHERE s.shared_id = p.id
      AND s.audience <> 'unlisted' AND ${isOpen('s')} LIMIT 100) AS shares) AS "shareCount",
    EXISTS (SELECT 1 FROM post_likes WHERE post_id = p.id AND user_id = :viewer) AS "isLiked"
  FROM (${ids}) AS page
  JOIN posts p ON p.id = page.id JOIN users u ON u.id = p.author_id
  LEFT JOIN groups g ON g.id = p.group_id
  LEFT JOIN posts o ON o.id = p.shared_id LEFT JOIN users ou ON ou.id = o.author_id
  ORDER BY p.id DESC`;

/** Reads the posts that a query names with `:viewer`, newest first, one more than `:limit` if there are more. */
export function pageReader(database: BareDatabase, ids: string) {
  const findPage = namedAll<PostRow>(database, pageText(ids));
  const findMedia = mediaReader(database, 'post_id');
  const findCards = cardsReader(database);
  return async (values: { viewer: string; limit: number } & Record<string, unknown>) => {
    const rows = await findPage(values);
    const shown = rows.slice(0, values.limit);
    const media = await findMedia(
      values.viewer,
      shown.flatMap(({ id, originalId }) => (originalId ? [id, originalId] : [id])),
    );
    const cards = await findCards(
      values.viewer,
      mentionedIn(shown.map(({ content, originalContent }) => content + (originalContent ?? ''))),
    );
    return {
      items: shown.map((row) => toPost(row, cards, media)),
      nextCursor: rows.length > values.limit ? shown.at(-1)!.id : null,
    };
  };
}

export const oneText = `SELECT p.id FROM posts p
  WHERE p.id = :post AND ${isOpen('p')} AND ${isOriginalOpen('p')}`;

export function mediaReader(database: BareDatabase, reference: 'post_id' | 'comment_id') {
  const find = inLists<MediumRow>(
    database,
    (list) => `
    SELECT id, kind, status, width, height, duration_ms AS "durationMs", placeholder, alt,
      ${reference} AS "attachedId"
    FROM media WHERE ${reference} IN ${list} AND (status = 'ready' OR owner_id = ?)
    ORDER BY ${reference}, position`,
  );
  return async (viewer: string, ids: string[]) => {
    const media = new Map<string, Medium[]>();
    for (const row of await find(ids, viewer)) {
      const those = media.get(row.attachedId);
      if (those) those.push(toMedium(row));
      else media.set(row.attachedId, [toMedium(row)]);
    }
    return media;
  };
}

export function cardsReader(database: BareDatabase) {
  const find = inLists<AuthorRow & { id: string }>(
    database,
    (list) => `SELECT u.id, ${AUTHOR} FROM users u WHERE u.id IN ${list}
      AND u.id NOT IN ${HIDDEN.replaceAll(':viewer', '?')}`,
  );
  return async (viewer: string, ids: string[]) => {
    const cards = new Map<string, Card>();
    for (const row of await find(ids, viewer, viewer)) cards.set(row.id, toCard(row.id, row));
    return cards;
  };
}

/** Asks with as many places as there are ids; every number of them is prepared once. */
function inLists<Row>(database: BareDatabase, text: (list: string) => string) {
  const prepared = new Map<number, (...values: unknown[]) => Row[] | Promise<Row[]>>();
  return (ids: string[], ...others: unknown[]): Row[] | Promise<Row[]> => {
    if (!ids.length) return [];
    let find = prepared.get(ids.length);
    if (!find) {
      find = database.prepareAll<Row>(text(`(${ids.map(() => '?').join()})`));
      prepared.set(ids.length, find);
    }
    return find(...ids, ...others);
  };
}

export const mentionedIn = (texts: string[]): string[] => [
  ...new Set(texts.flatMap((text) => Array.from(text.matchAll(MENTION), ([, id]) => id!))),
];

/** People whom the viewer may not see are nobody in a text. */
export const readable = (content: string, cards: Map<string, Card>) =>
  content.replaceAll(MENTION, (mention, id: string) =>
    cards.has(id) ? mention : '@00000000-0000-0000-0000-000000000000',
  );

export const mentionsOf = (content: string, cards: Map<string, Card>) =>
  mentionedIn([content]).flatMap((id) => cards.get(id) ?? []);

export const toCard = (id: string, row: AuthorRow) => ({
  id,
  handle: row.handle,
  firstName: row.firstName,
  lastName: row.lastName,
  nickname: row.nickname,
  avatar: row.avatarId && {
    small: `/api/v1/users/${id}/avatar/${row.avatarId}/small`,
    large: `/api/v1/users/${id}/avatar/${row.avatarId}/large`,
  },
  visibility: row.visibility,
});

export const toMedium = ({ attachedId: _, ...row }: MediumRow) => {
  const url = (variant: string) => `/api/v1/media/${row.id}/${variant}`;
  const video = row.kind === 'video' ? url('video') : null;
  return {
    ...row,
    urls: { thumb: url('thumb'), card: url('card'), full: url('full'), video },
  };
};

export const toGroup = ({ groupId, groupTitle, isLed }: GroupRow) =>
  groupId === null ? null : { id: groupId, title: groupTitle, isLed: Boolean(isLed) };

const NO_GROUP: GroupRow = { groupId: null, groupTitle: null, isLed: null };

const toText = (
  row: TextRow & GroupRow,
  cards: Map<string, Card>,
  media: Map<string, Medium[]>,
) => ({
  id: row.id,
  audience: row.audience,
  group: toGroup(row),
  title: row.title,
  content: readable(row.content, cards),
  mentions: mentionsOf(row.content, cards),
  media: media.get(row.id) ?? [],
  imported: row.importedFrom === null ? null : { from: row.importedFrom, at: row.importedAt },
  createdAt: row.createdAt,
  editedAt: row.editedAt,
  author: toCard(row.authorId, row),
});

const toPost = (row: PostRow, cards: Map<string, Card>, media: Map<string, Medium[]>) => ({
  ...toText(row, cards, media),
  event: null,
  shared:
    row.originalId === null ? null : toText({ ...originalOf(row), ...NO_GROUP }, cards, media),
  likeCount: row.likeCount,
  commentCount: row.commentCount,
  shareCount: row.shareCount,
  isLiked: Boolean(row.isLiked),
});

const originalOf = (row: PostRow): TextRow => ({
  id: row.originalId!,
  authorId: row.originalAuthorId!,
  audience: row.originalAudience!,
  title: row.originalTitle,
  content: row.originalContent!,
  importedFrom: row.originalImportedFrom,
  importedAt: row.originalImportedAt,
  createdAt: row.originalCreatedAt!,
  editedAt: row.originalEditedAt,
  handle: row.originalHandle!,
  firstName: row.originalFirstName!,
  lastName: row.originalLastName!,
  nickname: row.originalNickname,
  avatarId: row.originalAvatarId,
  visibility: row.originalVisibility!,
});
