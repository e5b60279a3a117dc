import { redirect } from '@sveltejs/kit';
import type { SearchSort } from '@echomate/contracts/search.dto';
import type { ApiRefusal, ApiResult } from '#lib/api-answer.ts';
import { messageOf } from '#lib/api-answer.ts';
import { listConversations, searchMessages } from '#lib/features/chat/chat-api.ts';
import { findPeople } from '#lib/features/follows/follows-api.ts';
import { listGroups, listOwnGroups } from '#lib/features/groups/groups-api.ts';
import { withOperators } from '#lib/features/search/operators.ts';
import {
  readOverview,
  searchEvents,
  searchHashtags,
  searchPosts,
} from '#lib/features/search/search-api.ts';
import { SEARCH_TABS, searchPath, type SearchTab } from '#lib/features/search/search-path.ts';
import type { Api } from '#lib/server/api.ts';
import { toLoginIfSignedOut, viewerOf } from '#lib/server/forms.ts';
import { personOf } from '#lib/server/people.ts';
import { readerOf } from '#lib/server/reader.ts';
import type { PageServerLoad } from './$types';

const GROUPS_CHOSEN_FROM = 100;

interface Asked {
  q: string;
  cursor: string | undefined;
  sort: SearchSort;
  /** Of the reader */
  zone: string;
}

class Refused extends Error {
  constructor(readonly refusal: ApiRefusal) {
    super(refusal.message);
  }
}

const dataOf = <Data>(answer: ApiResult<Data>): Data => {
  if (!answer.ok) throw new Refused(answer);
  return answer.data;
};

/** What each tab shows. */
const FIND = {
  all: async (api: Api, { q, zone }: Asked) => ({
    overview: dataOf(await readOverview(api, { q, zone })),
  }),
  people: async (api: Api, { q, cursor }: Asked) => ({
    people: dataOf(await findPeople(api, { q, cursor })),
  }),
  groups: async (api: Api, { q, cursor }: Asked) => ({
    groups: dataOf(await listGroups(api, { q, cursor })),
  }),
  posts: async (api: Api, asked: Asked) => {
    const [posts, own] = await Promise.all([
      searchPosts(api, asked),
      listOwnGroups(api, { limit: GROUPS_CHOSEN_FROM }),
    ]);
    return {
      posts: dataOf(posts),
      ownGroups: own.ok ? own.data.items.map(({ title }) => title) : [],
    };
  },
  hashtags: async (api: Api, { q }: Asked) => ({
    hashtags: dataOf(await searchHashtags(api, q)).items,
  }),
  events: async (api: Api, { q, cursor }: Asked) => ({
    events: dataOf(await searchEvents(api, { q, cursor })),
  }),
  messages: async (api: Api, { q }: Asked) => {
    const [messages, conversations] = await Promise.all([
      searchMessages(api, q),
      listConversations(api),
    ]);
    return {
      messages: dataOf(messages).items,
      conversations: conversations.ok ? conversations.data.items : [],
    };
  },
};

type Found = Partial<UnionOf<Awaited<ReturnType<(typeof FIND)[SearchTab]>>>>;
type UnionOf<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never;

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const asked = (name: string) => searchParams.get(name) ?? undefined;
  const tab = SEARCH_TABS.find((one) => one === asked('tab')) ?? 'all';
  const sort: SearchSort = asked('sort') === 'best' ? 'best' : 'newest';

  const narrowed = asked('narrow');
  if (narrowed !== undefined) {
    const operators = {
      from: asked('from') ?? null,
      in: asked('in') ?? null,
      after: asked('after') ?? null,
      before: asked('before') ?? null,
      hasImage: searchParams.has('photo'),
    };
    redirect(303, searchPath({ q: withOperators(narrowed, operators), tab: 'posts', sort }));
  }

  const q = asked('q')?.trim() ?? '';
  const viewer = await viewerOf(event);
  const shown = { q, tab, sort, now: new Date().toISOString() };
  const nothing: Found = {};
  const none = { found: nothing, people: null, error: undefined, failure: undefined };
  if (!q) return { ...shown, ...none };
  try {
    const found: Found = await FIND[tab](event.locals.api, {
      q,
      sort,
      cursor: asked('cursor'),
      zone: readerOf(event).zone,
    });
    const page =
      found.people ?? (found.overview && { items: found.overview.people, nextCursor: null });
    const people = page && {
      items: page.items.map((card) => personOf(viewer.id, card)),
      nextCursor: page.nextCursor,
    };
    return { ...shown, ...none, found, people: people ?? null };
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    toLoginIfSignedOut(event, cause.refusal);
    const { q: error, cursor } = cause.refusal.errors;
    if (cursor) redirect(303, searchPath({ q, tab, sort }));
    return { ...shown, ...none, error, failure: error ? undefined : messageOf(cause.refusal) };
  }
};
