import fc from 'fast-check';
import { pairName, roomName, type OpeningConversation } from './access-chat-model.js';
import type { OpeningEvent } from './access-event-model.js';
import type { OpeningGroup } from './access-group-model.js';
import {
  ACTS,
  TEXTS,
  type AccountState,
  type Act,
  type ChatAct,
  type Field,
  type FieldVisibility,
  type GroupAct,
  type MemberAct,
  type OwnAudience,
  type Step,
  type Visibility,
} from './access-steps.js';
import type { OpeningPost } from './access-world.js';

/** Four people to whom anything may happen. */
export const NEIGHBOURS = ['Ada', 'Bruno', 'Chidi', 'Dilara'];

/** Ada leads it, Bruno is in it, and all of them have written there. */
export const CLUB = 'The club';
export const NEIGHBOURS_GROUPS: OpeningGroup[] = [
  { name: CLUB, creator: 'Ada', members: ['Bruno'] },
];

/** Everyone has answered, and talked about it, those who are out by now too. */
export const NEIGHBOURS_EVENTS: OpeningEvent[] = [
  {
    name: 'An evening in the club',
    group: CLUB,
    maker: 'Bruno',
    answered: NEIGHBOURS,
    liker: 'Ada',
    commenter: 'Chidi',
    replier: 'Ada',
  },
];

/** Two who have both written, two of whom one has, and the room in which everybody has. */
export const ANSWERED = pairName('Ada', 'Bruno');
export const UNANSWERED = pairName('Ada', 'Chidi');
export const ROOM = roomName(CLUB);
export const NEIGHBOURS_CONVERSATIONS: OpeningConversation[] = [
  { name: ANSWERED, between: ['Ada', 'Bruno'], writers: ['Ada', 'Bruno'] },
  { name: UNANSWERED, between: ['Ada', 'Chidi'], writers: ['Ada'] },
  { name: ROOM, group: CLUB, writers: NEIGHBOURS },
];

const AUDIENCES: OwnAudience[] = ['public', 'followers', 'chosen', 'unlisted', 'me'];

/** By whom and for whom it was when the history began. */
export const postOf = (author: string, audience: OwnAudience): string =>
  audience === 'unlisted' ? `${author}'s unlisted post` : `${author}'s post for ${audience}`;
export const clubPostOf = (author: string): string => `${author}'s post in the club`;
/** Of the public post of the person after next. */
export const CLUB_SHARE = "Bruno's share in the club";
export const shareBy = (sharer: string): string => `${sharer}'s share`;

/** Everyone has a post for each audience, and passes on the public post of the next person. */
function openingPosts(): OpeningPost[] {
  const others = (author: string, ...steps: number[]) =>
    steps.map((step) => NEIGHBOURS[(NEIGHBOURS.indexOf(author) + step) % NEIGHBOURS.length]!) as [
      string,
      ...string[],
    ];
  const around = (author: string) => ({
    author,
    likers: others(author, 1, 3),
    commenter: others(author, 1)[0],
    replier: others(author, 2)[0],
  });
  return [
    ...NEIGHBOURS.flatMap((author) =>
      AUDIENCES.map((audience) => ({
        name: postOf(author, audience),
        audience,
        ...around(author),
        ...(audience === 'followers' && { reporter: others(author, 2)[0] }),
        ...(author === 'Dilara' && { isImported: true as const }),
      })),
    ),
    ...NEIGHBOURS.map((author) => ({
      name: shareBy(author),
      audience: 'public' as const,
      shared: postOf(others(author, 1)[0], 'public'),
      ...around(author),
    })),
    ...['Ada', 'Bruno', 'Chidi'].map((author) => ({
      name: clubPostOf(author),
      audience: 'group' as const,
      group: CLUB,
      ...(author === 'Ada' && { isPinned: true as const }),
      ...around(author),
    })),
    {
      name: CLUB_SHARE,
      audience: 'group' as const,
      group: CLUB,
      shared: postOf('Dilara', 'public'),
      ...around('Bruno'),
    },
  ];
}

export const NEIGHBOURS_POSTS = openingPosts();

/** How often what happens, compared with the rest. */
const WEIGHTS: Record<Act, number> = {
  follow: 6,
  accept: 4,
  unfollow: 2,
  decline: 2,
  restoreRequest: 2,
  removeFollower: 2,
  unblock: 2,
  block: 1,
  mute: 1,
  unmute: 1,
};

const GROUP_WEIGHTS: Record<GroupAct, number> = {
  ask: 4,
  withdrawRequest: 1,
  acceptInvitation: 3,
  declineInvitation: 1,
  leave: 2,
  deleteGroup: 1,
  restoreGroup: 3,
};
const MEMBER_WEIGHTS: Record<MemberAct, number> = {
  invite: 4,
  withdrawInvitation: 1,
  acceptRequest: 5,
  refuseRequest: 2,
  removeMember: 2,
  handOver: 2,
};

const CHAT_WEIGHTS: Record<ChatAct, number> = {
  say: 7,
  type: 2,
  acceptChat: 1,
  declineChat: 2,
  readChat: 2,
};

const person = fc.constantFrom(...NEIGHBOURS);
const pair = fc.tuple(person, person).filter(([one, other]) => one !== other);
const post = fc.constantFrom(...NEIGHBOURS_POSTS.map(({ name }) => name));
const audience = fc.constantFrom(...AUDIENCES);
const chosen = fc.uniqueArray(person, { minLength: 1, maxLength: 2 });
const visibility = fc.constantFrom<Visibility>('public', 'private');
const field = fc.constantFrom<Field>('email', 'dateOfBirth');
const fieldVisibility = fc.constantFrom<FieldVisibility>('profile', 'followers', 'me');

const acts = (Object.keys(ACTS) as Act[]).map((kind) => ({
  weight: WEIGHTS[kind],
  arbitrary: pair.map(([by, of]): Step => ({ kind, by, of })),
}));

const group = CLUB;
const groupActs = (Object.keys(GROUP_WEIGHTS) as GroupAct[]).map((kind) => ({
  weight: GROUP_WEIGHTS[kind],
  arbitrary: person.map((by): Step => ({ kind, by, group })),
}));
const memberActs = (Object.keys(MEMBER_WEIGHTS) as MemberAct[]).map((kind) => ({
  weight: MEMBER_WEIGHTS[kind],
  arbitrary: pair.map(([by, of]): Step => ({ kind, by, of, group })),
}));

const conversation = fc.constantFrom(
  ...NEIGHBOURS.flatMap((one, at) => NEIGHBOURS.slice(at + 1).map((other) => pairName(one, other))),
  ROOM,
  ROOM,
);
/** Requests are for two. */
const isOfTwo = (step: { kind: ChatAct; conversation: string }) =>
  step.conversation !== ROOM || !['acceptChat', 'declineChat'].includes(step.kind);
const liveSteps = [
  ...(Object.keys(CHAT_WEIGHTS) as ChatAct[]).map((kind) => ({
    weight: CHAT_WEIGHTS[kind],
    arbitrary: fc
      .record({ by: person, conversation })
      .map((values) => ({ kind, ...values }))
      .filter(isOfTwo),
  })),
  { weight: 3, arbitrary: pair.map(([by, of]): Step => ({ kind: 'startChat', by, of })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ by: person, isShown: fc.boolean() })
      .map((values): Step => ({ kind: 'setPresence', ...values })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ of: person, isOpen: fc.constantFrom(true, true, true, false) })
      .map((values): Step => ({ kind: 'setPage', ...values })),
  },
];

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...acts,
  ...liveSteps,
  ...groupActs,
  ...memberActs,
  {
    weight: 3,
    arbitrary: fc
      .record({ by: person, to: visibility })
      .map((values): Step => ({ kind: 'setVisibility', ...values })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ by: person, field, to: fieldVisibility })
      .map((values): Step => ({ kind: 'setField', ...values })),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({ post, to: audience, chosen })
      .map((values): Step => ({ kind: 'setAudience', ...values })),
  },
  {
    weight: 6,
    arbitrary: fc
      .record(
        { post, text: fc.constantFrom(...TEXTS.slice(1)), to: audience, chosen },
        { requiredKeys: ['post', 'text', 'chosen'] },
      )
      .map((values): Step => ({ kind: 'edit', ...values })),
  },
  ...(['deletePost', 'restorePost'] as const).map((kind) => ({
    weight: 1,
    arbitrary: fc
      .record({ post, by: person }, { requiredKeys: ['post'] })
      .map((values): Step => ({ kind, ...values })),
  })),
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'dayPasses' }) },
  {
    weight: 1,
    arbitrary: fc
      .record({ of: person, to: fc.constantFrom<AccountState>('deactivated', 'suspended') })
      .map((values): Step => ({ kind: 'setState', ...values })),
  },
  // Back sooner than away, or hardly anybody would be left to ask.
  { weight: 4, arbitrary: person.map((of): Step => ({ kind: 'setState', of, to: 'active' })) },
);
