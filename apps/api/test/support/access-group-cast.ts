import { roomName, type OpeningConversation } from './access-chat-model.js';
import type { OpeningEvent } from './access-event-model.js';
import type { OpeningGroup } from './access-group-model.js';
import {
  about,
  account,
  act,
  address,
  chat,
  inGroup,
  remove,
  turn,
  type Step,
} from './access-steps.js';
import { ANONYMOUS, type OpeningPost } from './access-world.js';

/** The second table is about a group; its columns stand to it as their names say, once the history has been played. */
export const CLUB = 'The club';

export const CLUB_COLUMNS: Record<string, string> = {
  Creator: 'leads the group; has a private profile',
  Member: 'was invited and accepted',
  Accepted: 'asked, and was let in; nobody follows them, and they follow nobody',
  Muter: 'a member who has muted Member',
  Blocker: 'a member who has blocked Member',
  Invited: 'is invited by Member, and has not answered',
  Asking: 'has asked to join, and waits',
  Refused: 'has asked to join, and was refused',
  Left: 'was a member until they left',
  Removed: 'was a member until Creator removed them',
  Shy: 'has asked to join, and has blocked Creator',
  Fan: 'follows everybody in it, and is not in it; Absent has invited them',
  Never: 'has nothing to do with it, and has blocked Accepted',
  Absent: 'was a member until their account was suspended',
  [ANONYMOUS]: 'is not logged in',
};

export const CLUB_CAST = Object.keys(CLUB_COLUMNS).filter((name) => name !== ANONYMOUS);
const MEMBERS = ['Member', 'Accepted', 'Muter', 'Blocker', 'Left', 'Removed', 'Absent'];

/** Its creator deletes it. */
const GONE = 'A deleted group';

/** The club begins with its creator alone. */
export const CLUB_GROUPS: OpeningGroup[] = [
  { name: CLUB, creator: 'Creator', members: [] },
  { name: GONE, creator: 'Member', members: ['Creator'] },
];

const post = {
  creators: "Creator's",
  members: "Member's",
  lefts: "Left's",
  removeds: "Removed's",
  absents: "Absent's",
  deleted: "Member's, deleted by Creator",
  share: "Member's share of Fan's public post",
  shareOfFollowers: "Member's share of their own for followers",
  gone: 'in a deleted group',
  fans: "not in it: Fan's public post",
  ownForFollowers: "not in it: Member's for followers",
} as const;

const by = (author: string, name: string, values: Partial<OpeningPost> = {}): OpeningPost => ({
  name,
  author,
  audience: 'group',
  group: CLUB,
  likers: ['Member', 'Blocker', 'Left', 'Absent'],
  commenter: 'Accepted',
  replier: 'Left',
  ...values,
});

/** Elsewhere. */
const open: Partial<OpeningPost> = { audience: 'public', group: undefined };

export const CLUB_POSTS: OpeningPost[] = [
  by('Fan', post.fans, open),
  by('Member', post.ownForFollowers, open),
  by('Creator', post.creators, { isPinned: true, alsoBy: 'Blocker' }),
  by('Member', post.members, { isPinned: true, replier: 'Absent' }),
  by('Left', post.lefts, { isPinned: true, commenter: 'Removed' }),
  by('Removed', post.removeds),
  by('Absent', post.absents),
  by('Member', post.deleted),
  by('Creator', post.gone, { group: GONE }),
  by('Member', post.share, { shared: post.fans }),
  by('Member', post.shareOfFollowers, { shared: post.ownForFollowers }),
];

export const EVENT = "Member's event";

export const CLUB_EVENTS: OpeningEvent[] = [
  {
    name: EVENT,
    group: CLUB,
    maker: 'Member',
    liker: 'Blocker',
    answered: ['Creator', 'Member', 'Left', 'Never', 'Absent'],
    commenter: 'Accepted',
    replier: 'Left',
  },
  {
    name: "Left's event",
    group: CLUB,
    maker: 'Left',
    liker: 'Absent',
    answered: [],
    commenter: 'Removed',
    replier: 'Member',
  },
  {
    name: 'An event in a deleted group',
    group: GONE,
    maker: 'Member',
    liker: 'Creator',
    answered: ['Creator'],
    commenter: 'Creator',
    replier: 'Member',
  },
];

/** Everyone who was ever in it has written there, before they joined anew. */
export const CLUB_CONVERSATIONS: OpeningConversation[] = [
  { name: roomName(CLUB), group: CLUB, writers: ['Creator', ...MEMBERS] },
  { name: roomName(GONE), group: GONE, writers: ['Member', 'Creator'] },
];

const invited = MEMBERS.filter((one) => one !== 'Accepted');

export const CLUB_HISTORY: Step[] = [
  ...invited.flatMap((one) => [
    about(CLUB, 'Creator', 'invite', one),
    inGroup(CLUB, one, 'acceptInvitation'),
  ]),
  inGroup(CLUB, 'Accepted', 'ask'),
  about(CLUB, 'Creator', 'acceptRequest', 'Accepted'),
  about(CLUB, 'Creator', 'handOver', 'Member'), // who is told of the next request
  inGroup(CLUB, 'Shy', 'ask'),
  about(CLUB, 'Member', 'handOver', 'Creator'),
  inGroup(CLUB, 'Fan', 'ask'),
  about(CLUB, 'Creator', 'acceptRequest', 'Fan'),
  inGroup(CLUB, 'Fan', 'leave'),
  ...['Creator', 'Member', 'Muter', 'Blocker', 'Absent'].map((one) => act('Fan', 'follow', one)),
  ...['Creator', 'Muter'].map((one) => act(one, 'follow', 'Member')),
  turn('Creator', 'private'),
  address(post.ownForFollowers, 'followers'),
  remove(post.deleted, 'Creator'),
  ...[
    ['Creator', 'Invited'],
    ['Member', 'Fan'],
  ].flatMap(([by, of]) => [
    about(CLUB, by!, 'invite', of!),
    about(CLUB, by!, 'withdrawInvitation', of!),
  ]),
  about(CLUB, 'Member', 'invite', 'Invited'),
  about(GONE, 'Creator', 'invite', 'Invited'),
  ...['Asking', 'Refused'].map((one) => inGroup(CLUB, one, 'ask')),
  about(CLUB, 'Creator', 'refuseRequest', 'Refused'),
  inGroup(CLUB, 'Left', 'leave'),
  about(CLUB, 'Creator', 'removeMember', 'Removed'),
  about(GONE, 'Member', 'invite', 'Accepted'),
  inGroup(GONE, 'Asking', 'ask'),
  inGroup(GONE, 'Member', 'deleteGroup'),
  chat('Member', 'say', roomName(CLUB)),
  chat('Accepted', 'readChat', roomName(CLUB)),
  act('Muter', 'mute', 'Member'),
  act('Blocker', 'block', 'Member'),
  act('Never', 'block', 'Accepted'),
  act('Shy', 'block', 'Creator'),
  about(CLUB, 'Absent', 'invite', 'Fan'),
  account('Absent', 'suspended'),
];

/** Whoever leads the group, is on the way into it or out of it. */
const SUSPENDED = ['Creator', 'Blocker', 'Invited', 'Asking', 'Refused', 'Left', 'Removed'];

export const CLUB_SUSPENDED: Step[] = SUSPENDED.map((one) => account(one, 'suspended'));
export const CLUB_BACK: Step[] = SUSPENDED.map((one) => account(one, 'active'));
