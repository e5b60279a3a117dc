import { listConversations, listRequested } from '#lib/features/chat/chat-api.ts';
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
  };
};
