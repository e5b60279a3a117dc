import type {
  Group,
  GroupDetails,
  GroupMember,
  Invitable,
  PastMembership,
  ReceivedInvitation,
  SentInvitation,
  UnseenGroups,
  WaitingRequest,
} from '@echomate/contracts/groups.dto';
import type { AudienceView } from '@echomate/contracts/posts.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { descriptionOf, wordsOf } from './access-group-model.js';
import type { AccessModel } from './access-model.js';
import type { OwnPath } from './access-person-paths.js';
import { ABSENT } from './access-post-paths.js';
import type { AccessWorld, WrittenGroup } from './access-world.js';
import { HIDDEN, told, type Answer, type Asker, type Page } from './asker.js';

/** Every way that leads to a group, what is in it and who is in it: how to ask, and what the model expects, in names. */

/** The answer to what makes no sense, and to what is for somebody else to do. */
const REFUSED = 400;
const NOT_ALLOWED = 403;

export interface GroupPath {
  name: string;
  ask(asker: Asker, group: WrittenGroup, world: AccessWorld, viewer: string): Promise<unknown>;
  expect(model: AccessModel, viewer: string, group: string): unknown;
}

const nameOf = (world: AccessWorld, person: UserCard | null): string | null =>
  (person && world.namesOf('people', [person])[0]) ?? null;

/** All that is in an answer about a group; `rest` is what nobody expects. */
const shown = (group: Group, world: AccessWorld) => {
  const { id, title, description, banner, memberCount, standing, role, askAgainAt, ...rest } =
    group;
  return {
    title,
    description,
    memberCount,
    standing,
    role,
    hasToWait: askAgainAt !== null,
    banner: world
      .namesOf('groups', [{ id }])
      .some((one) => world.group(one).banner.id === banner?.id),
    rest: Object.keys(rest).sort(),
  };
};

/** What everyone may know of a group; members count whom they see, others all who are there. */
const expectShown = (model: AccessModel, viewer: string, group: string, rest: string[] = []) => {
  const { groups } = model;
  const standing = groups.standing(viewer, group);
  const members = groups.members(group).filter(model.isActive);
  const isIn = standing === 'member';
  return {
    title: group,
    description: descriptionOf(group),
    memberCount: (isIn ? model.visible(viewer, members) : members).length,
    standing,
    role: isIn ? (groups.leads(viewer, group) ? 'creator' : 'member') : null,
    hasToWait: standing === 'refused',
    banner: true,
    rest,
  };
};

const requestsTo = (model: AccessModel, viewer: string, group: string): string[] =>
  model.groups.leads(viewer, group)
    ? model.visible(viewer, [...model.people]).filter((one) => model.groups.isAsking(one, group))
    : [];

const memberList = (name: string, query: string): GroupPath => ({
  name,
  ask: async (asker, { id }, world) =>
    told(
      await asker.get(`groups/${id}/members?limit=50${query}`),
      ({ items }: Page<GroupMember & { id: string }>) =>
        items.map(({ user, role }) => `${nameOf(world, user)}, ${role}`).reverse(),
    ),
  expect: (model, viewer, group) =>
    model.groups.isIn(viewer, group)
      ? model
          .visible(viewer, model.groups.members(group))
          .map((one) => `${one}, ${model.groups.leads(one, group) ? 'creator' : 'member'}`)
      : HIDDEN,
});

const postList = (
  name: string,
  path: string,
  isListed: (post: AccessModel['posts'][number]) => boolean,
  hasEvents = false,
): GroupPath => ({
  name,
  ask: async (asker, { id }, world) =>
    told(await asker.get(`groups/${id}/${path}`), ({ items }: Page) => [
      ...world.namesOf('posts', items),
      ...world.eventsOf(items),
    ]),
  expect: (model, viewer, group) =>
    model.groups.isIn(viewer, group)
      ? [
          ...model.posts
            .filter((post) => post.group === group && isListed(post))
            .filter((post) => model.seesInLists(viewer, post)),
          ...(hasEvents ? model.events.all.filter((event) => event.group === group) : []),
        ].map(({ name }) => name)
      : HIDDEN,
});

const invitable = (
  name: string,
  query: string,
  among: (model: AccessModel, viewer: string) => string[],
): GroupPath => ({
  name,
  ask: async (asker, { id }, world) =>
    told(
      await asker.get(`groups/${id}/invitable?limit=50${query}`),
      ({ items }: Page<Invitable & { id: string }>) =>
        items
          .flatMap(({ user, isInvited }) =>
            world.namesOf('people', [user]).map((one) => `${one}${isInvited ? ', invited' : ''}`),
          )
          .sort(),
    ),
  expect: (model, viewer, group) => {
    const { groups } = model;
    if (!groups.isIn(viewer, group)) return HIDDEN;
    return model
      .visible(viewer, among(model, viewer))
      .filter((one) => one !== viewer && !groups.isIn(one, group))
      .map((one) => `${one}${groups.isInvited(one, group) ? ', invited' : ''}`)
      .sort();
  },
});

/** What a hidden group answers, but for the request's own id, is what an absent one answers. */
const asAbsent = async (asker: Asker, { status, body }: Answer): Promise<unknown> => {
  if (status !== HIDDEN) return status;
  const absent = await asker.get(`groups/${ABSENT}`);
  const [one, other] = [body, absent.body].map((answer) =>
    JSON.stringify({ ...(answer as object), requestId: '' }),
  );
  return one === other ? HIDDEN : `${one} and not ${other}`;
};

export const GROUP_PATHS: GroupPath[] = [
  {
    name: 'group',
    ask: async (asker, { id }, world) => {
      const answer = await asker.get(`groups/${id}`);
      if (answer.status !== 200) return asAbsent(asker, answer);
      const { invitation, inside, ...group } = answer.body as GroupDetails;
      return {
        ...shown(group, world),
        invitation: invitation && [nameOf(world, invitation.inviter), invitation.words],
        inside: inside && {
          creator: nameOf(world, inside.creator),
          since: typeof inside.createdAt,
          requests: inside.requestCount,
          rest: Object.keys(inside).length,
        },
      };
    },
    expect: (model, viewer, group) => {
      const { groups } = model;
      if (!groups.isThere(group)) return HIDDEN;
      const inviter = groups.isIn(viewer, group) ? null : groups.inviterOf(viewer, group);
      const creator = groups.creatorOf(group);
      return {
        ...expectShown(model, viewer, group),
        invitation: inviter && [inviter, wordsOf(inviter)],
        inside: groups.isIn(viewer, group)
          ? {
              creator: model.seesCard(viewer, creator) ? creator : null,
              since: 'string',
              requests: groups.leads(viewer, group)
                ? requestsTo(model, viewer, group).length
                : null,
              rest: 3,
            }
          : null,
      };
    },
  },
  ...(['groups?limit=50', 'groups?limit=50&q='] as const).map((path): GroupPath => ({
    name: path.endsWith('q=') ? 'group by its title' : 'group among all',
    ask: async (asker, { id }, world) => {
      const [title] = world.namesOf('groups', [{ id }]);
      const question = path.endsWith('q=') ? encodeURIComponent(title!) : '';
      return told(await asker.get(`${path}${question}`), ({ items }: Page<Group>) => {
        const group = items.find((one) => one.id === id);
        return group ? shown(group, world) : HIDDEN;
      });
    },
    expect: (model, viewer, group) =>
      model.groups.isThere(group) ? expectShown(model, viewer, group) : HIDDEN,
  })),
  {
    name: "group's banner",
    ask: async (asker, { banner }) => {
      const paths = [`media/${banner.id}`, banner.urls.thumb, banner.urls.card, banner.urls.full];
      const answers = await Promise.all(paths.map((path) => asker.get(path)));
      const statuses = [...new Set(answers.map(({ status }) => status))];
      return statuses.length > 1 ? statuses : statuses[0];
    },
    expect: (model, _viewer, group) => (model.groups.isThere(group) ? 200 : HIDDEN),
  },
  memberList('members', ''),
  memberList('members by name', '&q=okafor'),
  postList("group's posts", 'posts?limit=50', () => true, true),
  postList('pinned posts', 'pinned', ({ isPinned }) => Boolean(isPinned)),
  {
    name: 'requests to join',
    ask: async (asker, { id }, world) =>
      told(
        await asker.get(`groups/${id}/requests?limit=50`),
        ({ items }: Page<WaitingRequest & { id: string }>) =>
          items.map(({ user, words }) => `${nameOf(world, user)}: ${words}`).sort(),
      ),
    expect: (model, viewer, group) => {
      if (!model.groups.isIn(viewer, group)) return HIDDEN;
      return model.groups.leads(viewer, group)
        ? requestsTo(model, viewer, group)
            .map((one) => `${one}: ${wordsOf(one)}`)
            .sort()
        : NOT_ALLOWED;
    },
  },
  {
    name: 'invitations sent',
    ask: async (asker, { id }, world) =>
      told(
        await asker.get(`groups/${id}/invitations?limit=50`),
        ({ items }: Page<SentInvitation & { id: string }>) =>
          world.namesOf(
            'people',
            items.map(({ user }) => user),
          ),
      ),
    expect: (model, viewer, group) =>
      model.groups.isIn(viewer, group) ? model.groups.sentBy(viewer, group, model.people) : HIDDEN,
  },
  invitable('people to invite', '', (model, viewer) => model.followedBy(viewer)),
  invitable('people to invite by name', '&q=okafor', (model) => [...model.people]),
  {
    name: 'for whom a post in it would be',
    ask: async (asker, { id }, world) =>
      told(
        await asker.ask('POST', 'posts/audience-preview', { audience: 'group', groupId: id }),
        ({ count, items }: AudienceView) => ({ count, items: world.namesOf('people', items) }),
      ),
    expect: (model, viewer, group) => {
      if (!model.groups.isIn(viewer, group)) return REFUSED;
      const members = new Set(model.visible(viewer, model.groups.members(group)));
      const items = model.people.filter((one) => one !== viewer && members.has(one));
      return { count: items.length, items };
    },
  },
];

/** What is done to a group; of those who may, nobody does it here. */
export interface GroupAttempt {
  name: string;
  /** Null for those who may */
  refusal(model: AccessModel, viewer: string, group: string): number | null;
  attempt(asker: Asker, group: WrittenGroup, world: AccessWorld): Promise<Answer>;
}

/** For members; nobody else learns more than that there is nothing. */
const forMembers =
  (otherwise: number): GroupAttempt['refusal'] =>
  (model, viewer, group) =>
    model.groups.isIn(viewer, group) ? null : otherwise;

/** For whoever leads the group. */
const forLeaders: GroupAttempt['refusal'] = (model, viewer, group) => {
  if (!model.groups.isIn(viewer, group)) return HIDDEN;
  return model.groups.leads(viewer, group) ? null : NOT_ALLOWED;
};

/** The same for what everyone sees. */
const ofWhatIsShown: GroupAttempt['refusal'] = (model, viewer, group) => {
  if (!model.groups.isThere(group)) return HIDDEN;
  return model.groups.leads(viewer, group) ? null : NOT_ALLOWED;
};

const send =
  (method: string, path: string, body?: (id: string, creator: string) => object) =>
  (asker: Asker, { id, creator }: WrittenGroup, world: AccessWorld): Promise<Answer> => {
    const person = world.person(creator).id;
    return asker.ask(method, path.replace('ID', id).replace('PERSON', person), body?.(id, person));
  };

export const GROUP_ATTEMPTS: GroupAttempt[] = [
  {
    name: 'to write in it',
    refusal: forMembers(REFUSED),
    attempt: send('POST', 'posts', (groupId) => ({ audience: 'group', groupId, content: 'Hm' })),
  },
  {
    name: 'to pass something on to it',
    refusal: forMembers(REFUSED),
    attempt: async (asker, { id }, world) => {
      const posts = [...world.posts.values()];
      const seen = posts.find((post) => world.asker(post.author) === asker) ?? posts[0]!;
      const values = { audience: 'group', groupId: id };
      const answer = await asker.ask('POST', `posts/${seen.id}/share`, values);
      // Whether they may pass it on is another question.
      return [403, HIDDEN].includes(answer.status) ? { ...answer, status: REFUSED } : answer;
    },
  },
  {
    name: 'to invite',
    refusal: forMembers(HIDDEN),
    attempt: send('POST', 'groups/ID/invitations', (_, person) => ({ userIds: [person] })),
  },
  {
    name: 'to withdraw an invitation',
    refusal: forMembers(HIDDEN),
    attempt: send('DELETE', 'groups/ID/invitations/PERSON'),
  },
  {
    name: 'to leave',
    refusal: forMembers(HIDDEN),
    attempt: send('DELETE', 'groups/ID/members/me'),
  },
  {
    name: 'to remove somebody',
    refusal: forLeaders,
    attempt: send('DELETE', 'groups/ID/members/PERSON'),
  },
  {
    name: 'to hand it over',
    refusal: forLeaders,
    attempt: send('PUT', 'groups/ID/creator', (_, userId) => ({ userId })),
  },
  {
    name: 'to let somebody in',
    refusal: forLeaders,
    attempt: send('POST', 'groups/ID/requests/PERSON/accept'),
  },
  {
    name: 'to change it',
    refusal: ofWhatIsShown,
    attempt: send('PATCH', 'groups/ID', () => ({ title: 'Mine' })),
  },
  {
    name: 'to delete it',
    refusal: ofWhatIsShown,
    attempt: send('DELETE', 'groups/ID'),
  },
  {
    name: 'to restore it',
    refusal: (model, viewer, group) =>
      !model.groups.isThere(group) && model.groups.creatorOf(group) === viewer ? null : HIDDEN,
    attempt: send('POST', 'groups/ID/restore'),
  },
];

// ——— what is the viewer's own

export const OWN_GROUP_PATHS: OwnPath[] = [
  {
    name: 'own groups',
    ask: async (asker, world) =>
      told(await asker.get('users/me/groups?limit=50'), ({ items }: Page<Group>) =>
        items
          .filter(({ id }) => world.namesOf('groups', [{ id }])[0])
          .map((one) => shown(one, world)),
      ),
    expect: (model, viewer) =>
      model.groups
        .timesOf(viewer)
        .filter(({ group, endedBy }) => endedBy === null && model.groups.isThere(group))
        .map(({ group }) => expectShown(model, viewer, group)),
  },
  {
    name: 'times in groups',
    ask: async (asker) =>
      told(
        await asker.get('users/me/memberships?limit=100'),
        ({ items }: Page<PastMembership & { id: string }>) =>
          items.map(({ group, role, endedBy }) => [group?.title ?? null, role, endedBy]),
      ),
    expect: (model, viewer) =>
      model.groups
        .timesOf(viewer)
        .map(({ group, role, endedBy }) => [
          model.groups.isThere(group) ? group : null,
          role,
          endedBy,
        ]),
  },
  {
    name: 'invitations received',
    ask: async (asker, world) =>
      told(
        await asker.get('users/me/group-invitations?limit=50'),
        ({ items }: Page<ReceivedInvitation & { id: string }>) =>
          items
            .map(({ group, inviter, words }) => ({
              ...shown(group, world),
              by: nameOf(world, inviter),
              words,
            }))
            .sort((one, other) => (one.title < other.title ? -1 : 1)),
      ),
    expect: (model, viewer) =>
      model.groups.names.toSorted().flatMap((group) => {
        const by = model.groups.inviterOf(viewer, group);
        return by ? [{ ...expectShown(model, viewer, group), by, words: wordsOf(by) }] : [];
      }),
  },
  {
    name: 'number of invitations and requests',
    ask: async (asker) =>
      told(await asker.get('groups/unseen'), ({ invitations, requests }: UnseenGroups) => [
        invitations,
        requests,
      ]),
    expect: (model, viewer) => {
      const { groups } = model;
      return [
        groups.names.filter((group) => groups.inviterOf(viewer, group) !== null).length,
        groups.names.flatMap((group) => requestsTo(model, viewer, group)).length,
      ];
    },
  },
];
