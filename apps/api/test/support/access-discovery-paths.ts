import type {
  DiscoveredPost,
  Dismissal,
  DiscoveryReason,
  GroupSuggestion,
  PersonReason,
  PersonSuggestion,
  TrendingHashtag,
} from '@echomate/contracts/discovery.dto';
import { join, sql, type Transaction } from '../../src/platform/database/statements.js';
import {
  discoveredBy,
  dismissedBy,
  DISMISSED_TAG,
  dismissesMuch,
  groupsSuggestedTo,
  peopleSuggestedTo,
  trendsFor,
  usesInterests,
} from './access-discovery-model.js';
import type { OwnPath } from './access-person-paths.js';
import { TEXTS } from './access-steps.js';
import type { AccessWorld } from './access-world.js';
import { told, type Page } from './asker.js';
import { API } from './test-app.js';

/** What somebody is shown without asking for it: how to ask, and what the model expects, in names. */

const inWords = ({ kind, count }: PersonReason): string =>
  kind === 'followed' ? `followed by ${count}` : kind;

const reasonOf = ({ kind, count, tag }: DiscoveryReason): string =>
  kind === 'hashtag' ? `#${tag}` : `${kind} by ${count}`;

export interface DismissedIds {
  personId: string | null;
  groupId: string | null;
  postId: string | null;
  tag: string | null;
}

export const dismissedOf = (
  world: AccessWorld,
  { personId, groupId, postId, tag }: DismissedIds,
) =>
  tag === null
    ? [
        ...world.namesOf('people', [{ id: personId! }]),
        ...world.namesOf('groups', [{ id: groupId! }]),
        ...world.namesOf('posts', [{ id: postId! }]),
      ]
    : [`#${tag}`];

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
                .map((name) => [name, reasons.map(inWords).sort()] as const),
            )
            .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    expect: peopleSuggestedTo,
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
    expect: groupsSuggestedTo,
  },
  {
    name: 'posts on Discover, in order',
    ask: async (asker, world) =>
      told(await asker.get('discovery/posts?limit=50'), ({ items }: Page<DiscoveredPost>) =>
        items.map((post) => [world.namesOf('posts', [post])[0], reasonOf(post.reason)]),
      ),
    expect: discoveredBy,
  },
  {
    name: 'trending hashtags, in order',
    ask: async (asker) =>
      told(await asker.get('discovery/hashtags?limit=30'), ({ items }: Page<TrendingHashtag>) =>
        items.map(({ tag, people }) => [tag, people]),
      ),
    expect: trendsFor,
  },
  {
    name: 'what they have dismissed',
    ask: async (asker, world) =>
      told(await asker.get('discovery/dismissals?limit=50'), ({ items }: Page<Dismissal>) =>
        items
          .flatMap(({ person, group, post, tag }) =>
            dismissedOf(world, {
              personId: person && person.id,
              groupId: group && group.id,
              postId: post && post.id,
              tag,
            }),
          )
          .sort(),
      ),
    expect: dismissedBy,
  },
];

/** What everyone chose and dismissed before the history begins, while they see everything. */
export async function chooseWhatIsShown(world: AccessWorld): Promise<void> {
  const { names } = world;
  const first = names[0]!;
  for (const viewer of names) {
    const { browser } = world.person(viewer);
    const settings = { isSuggested: true, usesInterests: usesInterests(names, viewer) };
    await browser.put(`${API}/discovery/settings`).send(settings).expect(200);
    if (!dismissesMuch(names, viewer)) continue;
    const written = [...world.posts.values()].filter(({ author }) => author === first);
    for (const path of [
      `people/${world.person(first).id}`,
      ...[...world.groups.values()].map(({ id }) => `groups/${id}`),
      ...written.map(({ id }) => `posts/${id}`),
      `hashtags/${DISMISSED_TAG}`,
    ])
      await browser.put(`${API}/discovery/dismissals/${path}`).expect(204);
  }
}

/**
 * Hints that every post may be part of every trend, as if all had been public when they were settled; the rule decides
 * what is shown. Settling them anew has to wait until tomorrow.
 */
export async function hintAtEverything(
  transaction: Transaction,
  { posts }: AccessWorld,
): Promise<void> {
  const hints = [...posts.values()].flatMap(({ id }) =>
    ['matrix', ...TEXTS].map((tag) => sql`(${tag}, ${id})`),
  );
  await transaction.run(sql`DELETE FROM trending_posts`);
  await transaction.run(sql`INSERT INTO trending_posts (tag, post_id) VALUES ${join(hints)}`);
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString();
  await transaction.run(
    sql`UPDATE jobs SET run_at = ${tomorrow} WHERE kind = 'discovery.settle-hints'`,
  );
}
