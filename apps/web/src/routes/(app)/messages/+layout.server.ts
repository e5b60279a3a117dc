import {
  listConversations,
  listRequested,
  searchMessages,
  searchMessagesIn,
} from '#lib/features/chat/chat-api.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { api } = event.locals;
  const [list, requests] = await Promise.all([listConversations(api), listRequested(api)]);
  if (!list.ok) return stopAt(event, list);
  return {
    conversations: list.data,
    requestCount: requests.ok ? requests.data.items.length : 0,
    now: new Date().toISOString(),
    search: await search(event),
  };
};

/** In one conversation, or in all. */
async function search(event: Parameters<LayoutServerLoad>[0]) {
  const { url, params, locals } = event;
  const q = url.searchParams.get('q');
  if (q === null) return null;
  const here = url.searchParams.has('here') ? params.id : undefined;
  const isHere = here !== undefined;
  if (!q.trim()) return { q, isHere, found: null };
  const found = isHere
    ? await searchMessagesIn(locals.api, here, q)
    : await searchMessages(locals.api, q);
  if (!found.ok) return stopAt(event, found);
  return { q, isHere, found: found.data.items };
}
