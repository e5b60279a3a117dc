import { roomName } from './access-chat-model.js';
import { CLUB, CLUB_COLUMNS, EVENT } from './access-group-cast.js';
import { GROUP_ATTEMPTS } from './access-group-paths.js';
import { THEIR_OWN, type Cell } from './access-questions.js';
import { LOG_IN, type Section } from './access-table.js';

type Told = Record<string, unknown>;

const ROOM = roomName(CLUB);

/** What each viewer is told about the group itself, and may do there. */
export function clubSection(title: string, cells: Cell[]): Section {
  const find = (viewer: string, path: string) =>
    cells.find(
      (cell) =>
        cell.viewer === viewer &&
        [CLUB, ROOM, THEIR_OWN].includes(cell.about) &&
        cell.path === path,
    );
  const row = (name: string, path: string, tell: (actual: never) => unknown) => ({
    name,
    cells: Object.keys(CLUB_COLUMNS).map((viewer) => {
      const actual = find(viewer, path)?.actual;
      if (actual === LOG_IN) return 'log in';
      return typeof actual === 'object' ? String(tell(actual as never) ?? '–') : '–';
    }),
  });
  const attempts = (name: string, paths: string[]) => ({
    name,
    cells: Object.keys(CLUB_COLUMNS).map((viewer) => {
      if (find(viewer, 'group')?.actual === LOG_IN) return 'log in';
      const open = paths.filter((path) => !find(viewer, path));
      return open.length === paths.length ? 'yes' : open.length ? open.join(', ') : '–';
    }),
  });
  const number = (name: string, path: string) => row(name, path, ({ length }: unknown[]) => length);
  const isLeading = ({ name }: { name: string }) => /to (remove|hand|let|change|delete)/.test(name);
  const [leading, others] = [true, false].map((which) =>
    GROUP_ATTEMPTS.filter((one) => one.name !== 'to restore it' && isLeading(one) === which).map(
      ({ name }) => name,
    ),
  ) as [string[], string[]];
  return {
    title,
    columns: CLUB_COLUMNS,
    head: 'the group',
    rows: [
      row('how they stand to it', 'group', ({ role, standing }: Told) => role ?? standing),
      row('title, description, banner', 'group', ({ title, description, banner }: Told) =>
        title && description && banner ? 'yes' : null,
      ),
      row('number of members', 'group', ({ memberCount }: Told) => memberCount),
      row('who leads it', 'group', ({ inside }: { inside: Told | null }) => inside?.['creator']),
      row('who invites them', 'group', ({ invitation }: { invitation: string[] | null }) =>
        invitation?.at(0),
      ),
      number('members listed', 'members'),
      number('posts listed', "group's posts"),
      number('posts pinned', 'pinned posts'),
      number('events listed', "group's events"),
      row(
        'people a post would be for',
        'for whom a post in it would be',
        ({ count }: Told) => count,
      ),
      number('messages in its room', 'messages'),
      number('messages found there', 'messages found in it'),
      row('unread there', 'conversation', ({ unread }: Told) => unread),
      number('notifications', 'notifications'),
      number('requests to answer', 'requests to join'),
      number('invitations that wait', 'invitations sent'),
      number('people to invite', 'people to invite by name'),
      attempts('may write, invite, leave', others),
      attempts('may remove, hand over, let in, change, delete', leading),
    ],
  };
}

/** What each viewer is told about an event of Member's in the group, and of talk about it. */
export function eventSection(title: string, cells: Cell[]): Section {
  const row = (name: string, path: string, tell: (actual: never) => unknown) => ({
    name,
    cells: Object.keys(CLUB_COLUMNS).map((viewer) => {
      const cell = cells.find(
        (one) => one.viewer === viewer && one.about === EVENT && one.path === path,
      );
      if (cell?.actual === LOG_IN) return 'log in';
      return typeof cell?.actual === 'object' ? String(tell(cell.actual as never) ?? '–') : '–';
    }),
  });
  type Shown = { maker: string | null; counts: number[]; mayEdit: boolean };
  return {
    title,
    columns: CLUB_COLUMNS,
    head: 'the event',
    rows: [
      row('who made it', 'event', ({ maker }: Shown) => maker),
      row('answers counted', 'event', ({ counts }: Shown) => counts[0]),
      row('answers by name', 'answers', (names: string[]) => names.join(', ') || 'none'),
      row('may change it', 'event', ({ mayEdit }: Shown) => (mayEdit ? 'yes' : null)),
      row('comments counted', 'its post', ({ commentCount }: Told) => commentCount),
      row('likes counted', 'its post', ({ likeCount }: Told) => likeCount),
    ],
  };
}
