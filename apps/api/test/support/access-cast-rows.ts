import { AUTHOR, COLUMNS, POSTS } from './access-cast.js';
import { pairName } from './access-chat-model.js';
import type { Cell } from './access-questions.js';
import { LOG_IN, type Section } from './access-table.js';
import { ANONYMOUS } from './access-world.js';
import { HIDDEN } from './asker.js';

/** What each viewer counts and reads: numbers leave out who is hidden, and old words stay with whom they were for. */
export function detailRows(cells: Cell[]): Section['rows'] {
  const told = (about: string, path: string, tell: (actual: never) => unknown) =>
    Object.keys(COLUMNS).map((viewer) => {
      const cell = cells.find(
        (one) => one.viewer === viewer && one.about === about && one.path === path,
      );
      if (cell?.actual === LOG_IN) return 'log in';
      if (typeof cell?.actual !== 'object') return '–';
      return String(tell(cell.actual as never) ?? '–');
    });
  type Numbers = Record<string, number | null>;
  const number = (about: string, path: string, field: string) =>
    told(about, path, (actual: Numbers) => actual[field]);
  return [
    { name: 'likes of the public post', cells: number(POSTS.public, 'post', 'likeCount') },
    { name: 'its comments', cells: number(POSTS.public, 'post', 'commentCount') },
    { name: 'its shares', cells: number(POSTS.public, 'post', 'shareCount') },
    {
      name: 'people named in it',
      cells: told(POSTS.public, 'post', ({ mentions }: { mentions: string[] }) => mentions.length),
    },
    {
      name: 'notifications',
      cells: Object.keys(COLUMNS).map((viewer) => {
        const cell = cells.find(
          (one) => one.viewer === viewer && one.path === 'number on the bell',
        );
        return cell?.actual === LOG_IN ? 'log in' : String(cell?.actual);
      }),
    },
    { name: "Ada's followers", cells: number(AUTHOR, 'page', 'followers') },
    {
      name: 'versions of the post once narrower',
      cells: told(POSTS.edited, 'history', (versions: string[]) => versions.join(' ')),
    },
    {
      name: 'versions of the post once only hers',
      cells: told(POSTS.published, 'history', (versions: string[]) => versions.join(' ')),
    },
  ];
}

/** What is between Ada and each of them: whom messages reach at once, who may write, and who sees whom online. */
export function messageRows(cells: Cell[]): Section['rows'] {
  type Shown = { isRequest: boolean; closedBecause: string | null; isOnline: boolean | null };
  const row = (
    name: string,
    path: string,
    tell: (actual: Shown & number) => string | null,
    isSeenByAda = false,
  ) => ({
    name,
    cells: Object.keys(COLUMNS).map((one) => {
      const viewer = isSeenByAda ? AUTHOR : one;
      const about = pairName(one, AUTHOR);
      const cell = cells.find(
        (found) => found.viewer === viewer && found.about === about && found.path === path,
      );
      if (one === ANONYMOUS || cell?.actual === LOG_IN) return 'log in';
      if (!cell || cell.actual === HIDDEN) return '–';
      return tell(cell.actual as Shown & number) ?? '–';
    }),
  });
  const isShared = ({ isOnline }: Shown) => (isOnline === null ? null : 'yes');
  return [
    row('reads the conversation', 'conversation', () => 'yes'),
    row('sees the picture in it', "message's picture", (status) => (status === 200 ? 'yes' : null)),
    row('may write, or why not', 'conversation', ({ closedBecause }) => closedBecause ?? 'yes'),
    row(
      'reaches Ada',
      'conversation',
      ({ isRequest }) => (isRequest ? 'as a request' : 'at once'),
      true,
    ),
    row('is reached by Ada', 'conversation', ({ isRequest }) =>
      isRequest ? 'as a request' : 'at once',
    ),
    row('sees whether Ada is online', 'conversation', isShared),
    row('Ada sees whether they are', 'conversation', isShared, true),
  ];
}
