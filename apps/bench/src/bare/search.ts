import { namedAll, type BareDatabase } from './database.ts';
import { IN_LISTS } from './post-lists.ts';
import {
  AUTHOR,
  cardsReader,
  mediaReader,
  MENTION,
  mentionedIn,
  toCard,
  toGroup,
  type AuthorRow,
  type Card,
  type GroupRow,
} from './posts.ts';
import { HIDDEN } from './rule.ts';

interface FoundRow extends AuthorRow, GroupRow {
  number: number;
  kind: string;
  id: string;
  postId: string;
  authorId: string;
  audience: string;
  title: string | null;
  content: string;
  createdAt: string;
}

// Signs of the index, which begin and end the tokens of what is not for everyone.
const READER = '\u0094';
const BEHIND_SCOPE = '\u0095';
const BEGINNING = '\u0099';

const FOLLOWED = `SELECT f.followee_id AS id FROM follows f WHERE f.follower_id = :viewer AND f.status = 'accepted'`;

const IS_COMMENT_OPEN = `c.deleted_at IS NULL AND c.author_id NOT IN ${HIDDEN}
  AND (c.parent_id IS NULL OR EXISTS (SELECT 1 FROM comments parent
    WHERE parent.id = c.parent_id AND parent.deleted_at IS NULL AND parent.author_id NOT IN ${HIDDEN}))`;

const foundText = (matches: string) => `
  SELECT d.number, d.kind, COALESCE(c.id, p.id) AS id, p.id AS "postId",
    u.id AS "authorId", p.audience, p.group_id AS "groupId", g.title AS "groupTitle",
    g.creator_id = :viewer AS "isLed", CASE WHEN c.id IS NULL THEN p.title END AS title,
    COALESCE(c.content, p.content) AS content, COALESCE(c.created_at, p.created_at) AS "createdAt", ${AUTHOR}
  FROM (${matches}) AS i
  CROSS JOIN search_documents d
  JOIN posts p ON p.id = d.post_id
  LEFT JOIN comments c ON d.kind = 'comment' AND c.id = d.subject_id
  JOIN users u ON u.id = COALESCE(c.author_id, p.author_id)
  LEFT JOIN groups g ON g.id = p.group_id
  WHERE d.number = i.number AND (d.kind = 'post' OR (d.kind = 'comment' AND ${IS_COMMENT_OPEN})) AND ${IN_LISTS}
  ORDER BY i.number DESC LIMIT :limit + 1`;

/** What begins with a word: one look at each table of the index. Newest first. */
export function searchReader(database: BareDatabase, isPostgres: boolean) {
  const find = (partition: string) =>
    namedAll<FoundRow>(
      database,
      foundText(
        isPostgres
          ? `SELECT number FROM ${partition} WHERE words @@ CAST(:match AS tsquery)`
          : `SELECT rowid AS number FROM ${partition} WHERE words MATCH :match`,
      ),
    );
  const findOpen = find('search_open');
  const findChosen = find('search_chosen');
  const findClosed = find('search_closed');
  const findFollowed = namedAll<{ id: string }>(database, FOLLOWED);
  const findPostMedia = mediaReader(database, 'post_id');
  const findCommentMedia = mediaReader(database, 'comment_id');
  const findCards = cardsReader(database);

  const [or, and] = isPostgres ? [' | ', ' & '] : [' OR ', ' AND '];
  const token = (text: string) => (isPostgres ? `'${text}'` : `"${text}"`);
  const beginning = (text: string) => token(text) + (isPostgres ? ':*' : ' *');
  const openMatch = (word: string) => (isPostgres ? token(BEGINNING + word) : beginning(word));
  const chosenMatch = (word: string, viewer: string) =>
    token(READER + plain(viewer)) + and + openMatch(word);
  const closedMatch = (word: string, owners: string[]) =>
    owners.map((id) => beginning(`p${plain(id)}${BEHIND_SCOPE}${word}`)).join(or);

  return async (viewer: string, word: string, limit: number) => {
    const followed = await findFollowed({ viewer });
    const match = closedMatch(word, [viewer, ...followed.map(({ id }) => id)]);
    const rows = [
      ...(await findOpen({ viewer, limit, match: openMatch(word) })),
      ...(await findChosen({ viewer, limit, match: chosenMatch(word, viewer) })),
      ...(await findClosed({ viewer, limit, match })),
    ].sort((one, other) => other.number - one.number);
    const shown = rows.slice(0, limit);
    const idsOf = (kind: string) => shown.filter((row) => row.kind === kind).map(({ id }) => id);
    const media = {
      post: await findPostMedia(viewer, idsOf('post')),
      comment: await findCommentMedia(viewer, idsOf('comment')),
    };
    const cards = await findCards(viewer, mentionedIn(shown.map(({ content }) => content)));
    return {
      items: shown.map((row) => ({
        id: row.id,
        kind: row.kind,
        postId: row.postId,
        author: toCard(row.authorId, row),
        audience: row.audience,
        createdAt: row.createdAt,
        group: toGroup(row),
        title: row.title === null ? null : marked(row.title, word),
        excerpt: marked(withNames(row.content, cards), word),
        picture:
          media[row.kind as keyof typeof media].get(row.id)?.find(({ kind }) => kind !== 'video') ??
          null,
      })),
      nextCursor: rows.length > limit ? shown.at(-1)!.id : null,
    };
  };
}

const plain = (id: string) => id.replaceAll('-', '');

const withNames = (content: string, cards: Map<string, Card>) =>
  content.replaceAll(MENTION, (_, id: string) => {
    const card = cards.get(id);
    return card ? `@${card.firstName} ${card.lastName}` : '@…';
  });

/** Of texts that are short and in plain letters, as the world's are. */
function marked(text: string, word: string) {
  return text
    .split(new RegExp(`\\b(${word}\\w*)`, 'i'))
    .map((part, at) => ({ text: part, isMatch: at % 2 === 1 }))
    .filter((part) => part.text);
}
