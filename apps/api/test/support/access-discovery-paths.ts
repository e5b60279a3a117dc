import type {
  DiscoveredPost,
  GroupSuggestion,
  PersonReason,
  PersonSuggestion,
} from '@echomate/contracts/discovery.dto';
import type { AccessModel } from './access-model.js';
import type { OwnPath } from './access-person-paths.js';
import { told, type Page } from './asker.js';

/** What somebody is shown without asking for it: how to ask, and what the model expects, in names. */

/** From so many members on one hears that people one follows are in a group. */
const TOLD_FROM = 3;

/** Whom the viewer follows and listens to. */
const heard = (model: AccessModel, viewer: string): string[] =>
  model.followedBy(viewer).filter((one) => model.isActive(one) && !model.isMuting(viewer, one));

const reasonsFor = (model: AccessModel, viewer: string, person: string): string[] => {
  const followedBy = heard(model, viewer).filter((one) => model.isFollowing(one, person)).length;
  const inGroup = model.groups.names.some(
    (group) => model.groups.isIn(viewer, group) && model.groups.isIn(person, group),
  );
  const isActive = model.posts.some(
    (post) =>
      post.author === person && post.audience === 'public' && model.seesInLists(viewer, post),
  );
  return [
    ...(followedBy ? [`followed by ${followedBy}`] : []),
    ...(model.isFollowing(person, viewer) ? ['follower'] : []),
    ...(inGroup ? ['group'] : []),
    ...(isActive ? ['active'] : []),
  ].sort();
};

const inWords = ({ kind, count }: PersonReason): string[] => {
  if (kind === 'followed') return [`followed by ${count}`];
  // Which hashtags are in which version of a text is not for the model to know.
  return kind === 'hashtag' ? [] : [kind];
};

export const OWN_DISCOVERY_PATHS: OwnPath[] = [
  {
    name: 'suggestions of people',
    ask: async (asker, world) =>
      told(
        await asker.get('discovery/people?limit=30'),
        ({ items }: Page<PersonSuggestion & { id: string }>) =>
          items
            .flatMap(({ user, reasons }) =>
              world
                .namesOf('people', [user])
                .map((name) => [name, reasons.flatMap(inWords).sort()] as const),
            )
            .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    expect: (model, viewer) =>
      model
        .visible(
          viewer,
          model.people.filter((one) => one !== viewer),
        )
        .filter((one) => model.status(viewer, one) === 'none' && !model.isMuting(viewer, one))
        .map((one) => [one, reasonsFor(model, viewer, one)] as const)
        .filter(([, reasons]) => reasons.length)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
  },
  {
    name: 'suggestions of groups',
    ask: async (asker, world) =>
      told(
        await asker.get('discovery/groups?limit=30'),
        ({ items }: Page<GroupSuggestion & { id: string }>) =>
          items
            .filter(({ group }) => world.namesOf('groups', [group])[0])
            .map(({ group, reason }) => [group.title, reason.kind === 'followed'])
            .sort(),
      ),
    expect: (model, viewer) =>
      model.groups.names
        .filter((group) => model.groups.isThere(group) && !model.groups.isKnownTo(viewer, group))
        .map((group) => {
          const known = new Set(heard(model, viewer));
          const members = model.groups.members(group).filter((one) => known.has(one));
          return [group, members.length >= TOLD_FROM];
        })
        .sort(),
  },
  {
    name: 'posts on Discover that should not be',
    ask: async (asker, world, viewer) =>
      told(await asker.get('discovery/posts?limit=50'), ({ items }: Page<DiscoveredPost>) =>
        world.namesOf('posts', items).filter((name) => {
          const { model } = world;
          const post = model.post(name);
          return (
            post.audience !== 'public' ||
            post.shared !== null ||
            !model.seesInLists(viewer, post) ||
            [viewer, ...model.followedBy(viewer)].includes(post.author) ||
            model.isMuting(viewer, post.author)
          );
        }),
      ),
    expect: () => [],
  },
];
