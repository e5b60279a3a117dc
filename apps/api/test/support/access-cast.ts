import { pairName, roomName, type OpeningConversation } from './access-chat-model.js';
import type { OpeningGroup } from './access-group-model.js';
import {
  account,
  act,
  address,
  beOnline,
  chat,
  edit,
  remove,
  show,
  turn,
  type Step,
} from './access-steps.js';
import { ANONYMOUS, type OpeningPost } from './access-world.js';

/** The table is about Ada's profile and posts; Bruno, whom everybody follows, passes some of them on. */
export const AUTHOR = 'Ada';
export const SHARER = 'Bruno';

/** Everyone else stands to Ada as their name says, once the history has been played. */
export const VIEWERS = [
  'Follower',
  'Chosen',
  'Unchosen',
  'Unfollowed',
  'Requested',
  'Declined',
  'Stranger',
  'Muting',
  'Muted',
  'Blocked',
  'Blocking',
  'Away',
] as const;

/** Not in the table, but in its numbers: each has blocked Ada and Bruno, and has been blocked by them. */
const RIVAL = 'Rival';
/** Have blocked Bruno. */
const GRUDGES = ['Grudge', 'Malice'];
/** Bruno has blocked them. */
const SNUBBED = 'Snubbed';
/** As a rival, but their account is not active. */
const GONE = 'Gone';

export const CAST = [AUTHOR, SHARER, ...VIEWERS, RIVAL, ...GRUDGES, SNUBBED, GONE];

/** The columns of the table, and how each came to be what they are. */
export const COLUMNS: Record<string, string> = {
  [AUTHOR]: 'the author',
  Follower: 'a follower whom Ada accepted',
  Chosen: 'a follower who is chosen for the post for chosen followers',
  Unchosen: 'was chosen, stopped following, and follows again',
  Unfollowed: 'was a follower until Ada removed them',
  Requested: 'has asked to follow; still waits while the profile is private',
  Declined: 'has asked to follow and was declined',
  Stranger: 'has never asked',
  Muting: 'a follower who has muted Ada',
  Muted: 'a follower whom Ada has muted',
  Blocked: 'was a chosen follower until Ada blocked them',
  Blocking: 'was a chosen follower until they blocked Ada',
  Away: 'was a chosen follower until they deactivated their account',
  [ANONYMOUS]: 'is not logged in',
};

/** Ada is in it, too; who follows her has nothing to do with that. */
export const CAST_GROUPS: OpeningGroup[] = [
  {
    name: "Bruno's group",
    creator: SHARER,
    members: [
      AUTHOR,
      'Follower',
      'Stranger',
      'Muting',
      'Muted',
      'Blocked',
      'Blocking',
      'Away',
      RIVAL,
      GONE,
    ],
  },
];

/** Whom she has answered; the others only wrote to her. */
const ANSWERED = ['Follower', 'Chosen', 'Unfollowed', 'Blocked', 'Away'];

/** Everyone has written to Ada, whoever follows whom by now, and some in the room of Bruno's group. */
export const CAST_CONVERSATIONS: OpeningConversation[] = [
  ...VIEWERS.map((one): OpeningConversation => ({
    name: pairName(one, AUTHOR),
    between: [one, AUTHOR],
    writers: ANSWERED.includes(one) ? [one, AUTHOR] : [one],
  })),
  {
    name: roomName(CAST_GROUPS[0]!.name),
    group: CAST_GROUPS[0]!.name,
    writers: [AUTHOR, SHARER, 'Stranger', 'Blocked', 'Away', RIVAL],
  },
];

const post = {
  public: 'public',
  followers: 'followers',
  chosen: 'chosen',
  otherChosen: 'chosen, for Muted alone',
  unlisted: 'unlisted',
  me: 'only Ada',
  group: "in Bruno's group",
  deleted: 'public, deleted',
  edited: 'public, once narrower',
  relisted: 'public, once unlisted',
  published: 'public, once only Ada',
  unready: 'public, its picture not ready',
  shareOfPublic: "Bruno's share of a public post",
  shareOfFollowers: "Bruno's share of one now for followers",
  shareOfUnlisted: "Bruno's share of one now unlisted",
  shareOfMine: "Bruno's share of one now only Ada's",
  shareOfDeleted: "Bruno's share of one now deleted",
  shareForFollowers: "Bruno's share, for followers, of a public post",
  shareByBlocked: "Blocked's share of a public post",
  shareByAway: "Away's share of a public post",
  ownShareOfMine: "Ada's share of one now only hers",
  ownShare: "Ada's share, for Chosen and Muted, of the chosen post",
} as const;

export const POSTS = post;

const byAda = (name: string, values: Partial<OpeningPost> = {}): OpeningPost => ({
  name,
  author: AUTHOR,
  audience: 'public',
  likers: ['Follower', 'Stranger', 'Muted', 'Blocked', 'Blocking', 'Away', RIVAL, GONE],
  commenter: SHARER,
  replier: 'Follower',
  ...values,
});

const byBruno = (name: string, shared: string): OpeningPost =>
  byAda(name, { author: SHARER, shared });

export const CAST_POSTS: OpeningPost[] = [
  byAda(post.public, { alsoBy: 'Muted', deletedBy: 'Muted' }),
  byAda(post.followers, { commenter: 'Blocked', replier: 'Blocking', alsoBy: 'Follower' }),
  byAda(post.chosen, { replier: 'Blocking', alsoBy: 'Away' }),
  byAda(post.otherChosen),
  byAda(post.unlisted, { commenter: 'Muted' }),
  byAda(post.me, { commenter: 'Follower' }),
  byAda(post.group, { audience: 'group', group: CAST_GROUPS[0]!.name }),
  byAda(post.deleted),
  byAda(post.edited, { replier: 'Muted', alsoBy: GONE }),
  byAda(post.relisted, { commenter: 'Away', replier: RIVAL }),
  byAda(post.published, { likers: ['Stranger', 'Muted'], likesTakenBackBy: 'Follower' }),
  byAda(post.unready, { isUnready: true }),
  byBruno(post.shareOfPublic, post.public),
  byBruno(post.shareOfFollowers, post.followers),
  byBruno(post.shareOfUnlisted, post.unlisted),
  byBruno(post.shareOfMine, post.me),
  byBruno(post.shareOfDeleted, post.deleted),
  byBruno(post.shareForFollowers, post.public),
  byAda(post.shareByBlocked, { author: 'Blocked', shared: post.public }),
  byAda(post.shareByAway, { author: 'Away', shared: post.public }),
  byAda(post.ownShareOfMine, { shared: post.me }),
  byAda(post.ownShare, { shared: post.chosen }),
];

const followers = [
  SHARER,
  'Follower',
  'Chosen',
  'Unchosen',
  'Unfollowed',
  'Muting',
  'Muted',
  'Blocked',
  'Blocking',
  'Away',
];
const chosen = ['Chosen', 'Unchosen', 'Blocked', 'Blocking', 'Away'];

/** What leads to Ada's private profile as the table shows it. */
export const WHILE_PRIVATE: Step[] = [
  turn(AUTHOR, 'private'),
  ...[...followers, 'Requested', 'Declined'].map((one) => act(one, 'follow', AUTHOR)),
  ...followers.map((one) => act(AUTHOR, 'accept', one)),
  act(AUTHOR, 'decline', 'Declined'),
  ...VIEWERS.map((one) => act(one, 'follow', SHARER)),
  address(post.followers, 'followers'),
  address(post.chosen, 'chosen', chosen),
  address(post.otherChosen, 'chosen', ['Muted']),
  address(post.ownShare, 'chosen', ['Chosen', 'Muted', 'Away']),
  address(post.unlisted, 'unlisted'),
  address(post.me, 'me'),
  address(post.published, 'me'),
  edit(post.published, 'second', 'public'),
  address(post.edited, 'chosen', ['Muting']),
  edit(post.edited, 'second', 'chosen', chosen),
  edit(post.edited, 'third', 'followers'),
  edit(post.edited, 'fourth', 'public'),
  address(post.relisted, 'unlisted'),
  edit(post.relisted, 'second', 'public'),
  address(post.shareForFollowers, 'followers'),
  edit(post.deleted, 'second'),
  remove(post.deleted),
  act('Unchosen', 'unfollow', AUTHOR),
  act('Unchosen', 'follow', AUTHOR),
  act(AUTHOR, 'accept', 'Unchosen'),
  act(AUTHOR, 'removeFollower', 'Unfollowed'),
  act('Muting', 'mute', AUTHOR),
  act(AUTHOR, 'mute', 'Muted'),
  act(AUTHOR, 'block', 'Blocked'),
  act('Blocking', 'block', AUTHOR),
  act('Unchosen', 'block', 'Muted'),
  act('Unchosen', 'block', 'Away'),
  ...[AUTHOR, SHARER].flatMap((one) =>
    [RIVAL, GONE].flatMap((other) => [act(one, 'block', other), act(other, 'block', one)]),
  ),
  ...GRUDGES.map((one) => act(one, 'block', SHARER)),
  act(SHARER, 'block', SNUBBED),
  act('Chosen', 'block', 'Requested'),
  act('Follower', 'follow', 'Requested'),
  act('Unfollowed', 'follow', 'Chosen'),
  act('Unfollowed', 'unfollow', 'Chosen'),
  turn(RIVAL, 'private'),
  act('Declined', 'follow', RIVAL), // and waits there
  show(AUTHOR, 'dateOfBirth', 'followers'),
  show(SHARER, 'dateOfBirth', 'followers'),
  show(SHARER, 'email', 'me'),
  chat(AUTHOR, 'declineChat', pairName(AUTHOR, 'Stranger')),
  chat(AUTHOR, 'readChat', pairName(AUTHOR, 'Chosen')),
  chat(AUTHOR, 'readChat', pairName(AUTHOR, 'Muted')),
  act(AUTHOR, 'follow', 'Follower'),
  act(AUTHOR, 'follow', 'Chosen'),
  act(AUTHOR, 'follow', 'Unchosen'), // who is reached though she has not answered
  beOnline('Chosen', false),
  account('Away', 'deactivated'),
  account(GONE, 'suspended'),
];

/** And then to her public one: who waited is a follower now. */
export const WHILE_PUBLIC: Step[] = [turn(AUTHOR, 'public')];
