import { sql } from '../../src/platform/database/statements.js';
import type { Cell } from './access-questions.js';
import { AUTHOR, COLUMNS } from './access-cast.js';
import { CLUB_COLUMNS } from './access-group-cast.js';
import { POST_ACTS } from './access-post-paths.js';
import { allTold } from './notifications.js';
import { ANONYMOUS, type AccessWorld, type OpeningPost } from './access-world.js';

/** The matrix as a reviewer reads it: one letter for paths that must answer alike, a dot for those that do not show. */
const LETTERS = {
  L: ['post', 'likes', 'shares', 'history', 'comments'],
  I: ['picture'],
  C: ['replies', "comment's picture"],
  R: ["reply's picture", 'thread of a reply'],
  A: ['to like', 'to comment'],
  S: ['to share'],
  P: ['profile'],
  H: ['hashtag', 'search'],
  M: ['mentions'],
  F: ['feed', 'top feed'],
  G: ["group's posts"],
  W: ['who can see it', 'insights'],
};

const PAGE_LETTERS = {
  C: ['people', 'page', 'page by handle', 'avatar'],
  O: ['isOpen', 'since', 'banner', 'followers', 'following', 'mutuals', 'activity', 'posts'],
  E: ['email'],
  D: ['dateOfBirth'],
};

const meaningOf = (columns: Record<string, string>): string =>
  Object.entries(columns)
    .map(([name, meaning]) => `- **${name}**: ${meaning}`)
    .join('\n');

const LEGEND = `# Who sees what

Every cell is what the api answered, in \`access-table.spec.ts\`, after the history in
\`support/access-cast.ts\`; the test fails if one differs. \`UPDATE_MATRIX=1\` writes this file anew.

The columns of the first tables stand to Ada, the author, like this:

${meaningOf(COLUMNS)}

Those of the last tables stand to a group like this:

${meaningOf(CLUB_COLUMNS)}

In the tables of posts each letter stands for paths that show the post, and a dot for those that do not:

- **L** by its link: the post with its numbers, who likes and shares it, its history, and the list of its comments
- **I** the bytes of its image, thumbnail too
- **C** a comment on it, with its replies and the bytes of its picture; **R** a reply and the bytes of its picture
- **A** to like it and to comment on it, **S** to share it
- **P** on the author's profile, **H** on the hashtag's page and in searches, **M** among the posts that mention the viewer (whom all of
  them mention, but for the author)
- **F** in the home feed, latest and top; **G** on the page of its group
- **W** “Who can see this?” and its insights

In the tables of profiles: **C** the card (found among people, by handle, avatar), **O** the open page (banner, followers, following,
mutuals, activity, posts), **E** the email, shown with the profile unless the row says otherwise, **D** the date of
birth, shown to followers.

Everyone of the first columns began a conversation with Ada while one followed the other, and she has answered some. Who
reads it, may write in it today, and is reached at once, is in the tables of messages: what does not reach somebody at
once waits among their message requests. Everyone has a page open.

\`–\` is nothing: 404, as if it did not exist. \`log in\` is 401.
`;

/** Who looks, and at which posts. */
export interface Looked {
  columns: Record<string, string>;
  posts: OpeningPost[];
}

export interface Section {
  title: string;
  columns?: Record<string, string>;
  head: string;
  rows: { name: string; cells: string[] }[];
}

export const LOG_IN = 401;

/** What is shown of an answer: a refusal is a number above 399. */
const isShown = (actual: unknown): boolean =>
  typeof actual === 'number' ? actual < 400 : Boolean(actual);

function letters(groups: Record<string, string[]>, answers: Map<string, unknown>): string {
  const given = [...answers.values()];
  if (given.length && given.every((answer) => answer === LOG_IN)) return 'log in';
  const found = Object.entries(groups).map(([letter, paths]) => {
    const shown = paths
      .filter((path) => answers.has(path))
      .map((path) => isShown(answers.get(path)));
    if (!shown.includes(true)) return '·';
    if (!shown.includes(false)) return letter;
    // Paths that stand for one letter disagree: told one by one.
    return `${letter}(${paths.filter((path) => isShown(answers.get(path))).join(', ')})`;
  });
  return found.every((letter) => letter === '·') ? '–' : found.join('');
}

/** Who sees which post on which path. */
export function postSection(title: string, { columns, posts }: Looked, cells: Cell[]): Section {
  const rows = posts.map(({ name, author, group }) => ({
    name,
    cells: Object.keys(columns).map((viewer) => {
      const answers = new Map<string, unknown>();
      for (const { about, path, actual } of cells.filter((cell) => cell.viewer === viewer))
        if (about === name) answers.set(path, actual);
        else if (path in LISTS && ['posts', author, group].includes(about))
          answers.set(path, Array.isArray(actual) ? actual.includes(name) : actual);
      return letters(LETTERS, answers);
    }),
  }));
  return { title, columns, head: 'post', rows };
}

const LISTS = Object.fromEntries(
  [LETTERS.P, LETTERS.H, LETTERS.M, LETTERS.F, LETTERS.G].flat().map((path) => [path, true]),
);

/** Does to a post what those may who see it, and undoes it; others have tried it in vain already. */
export async function tryActs(world: AccessWorld, { columns, posts }: Looked): Promise<Cell[]> {
  const cells: Cell[] = [];
  const acts = POST_ACTS.filter(({ undo }) => undo);
  for (const { name: about, likers } of posts)
    for (const viewer of Object.keys(columns))
      for (const { name: path, isOpen, act, undo } of acts) {
        if (viewer === ANONYMOUS || !world.model.isActive(viewer)) continue;
        if (!isOpen(world.model, viewer, world.model.post(about))) continue;
        const [asker, post] = [world.asker(viewer), world.post(about)];
        const answer = await act(asker, post);
        const actual = answer.status;
        if (path === 'to comment') {
          // Whoever is told of it before it is deleted is told of nothing else that they wrote there.
          await allTold(world.app);
          world.model.notifications.commentedInVain(viewer, about);
        }
        if (actual < 300 && !(path === 'to like' && likers.includes(viewer)))
          await undo!(asker, post, answer);
        cells.push({ viewer, about, path, actual, expected: actual });
      }
  // Discover looks at the newest shares of a post only, and these were more.
  await world.writePast(
    sql`DELETE FROM posts WHERE shared_id IS NOT NULL AND deleted_at IS NOT NULL`,
  );
  return cells;
}

/** What is shown of Ada's profile. */
export function pageRow(name: string, cells: Cell[]) {
  return {
    name,
    cells: Object.keys(COLUMNS).map((viewer) => {
      const answers = new Map<string, unknown>();
      for (const { about, path, actual } of cells.filter((cell) => cell.viewer === viewer)) {
        if (path === 'people')
          answers.set(
            path,
            Array.isArray(actual) ? actual.includes(AUTHOR) || viewer === AUTHOR : actual,
          );
        if (about !== AUTHOR) continue;
        if (path === 'profile') answers.set('posts', actual);
        else answers.set(path, actual);
        if (path === 'page' && typeof actual === 'object') {
          const { isOpen, since, email, dateOfBirth } = actual as Record<string, unknown>;
          for (const [key, value] of Object.entries({ isOpen, since, email, dateOfBirth }))
            answers.set(key, value);
        }
      }
      return letters(PAGE_LETTERS, answers);
    }),
  };
}

export function written(sections: Section[]): string {
  const parts = sections.map(({ title, columns: names = COLUMNS, head, rows }) => {
    const columns = Object.keys(names);
    const table = [[head, ...columns], ...rows.map(({ name, cells }) => [name, ...cells])];
    const widths = columns
      .concat(head)
      .map((_, at) => Math.max(...table.map((row) => row[at]!.length)));
    const line = (row: string[]) =>
      `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
    const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
    return [`## ${title}`, '', line(table[0]!), rule, ...table.slice(1).map(line), ''].join('\n');
  });
  return [LEGEND, ...parts].join('\n');
}
