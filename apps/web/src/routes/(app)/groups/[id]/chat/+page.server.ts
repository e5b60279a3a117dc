import { redirect } from '@sveltejs/kit';
import { listMessages, markRead, readRoom } from '#lib/features/chat/chat-api.ts';
import { groupPath } from '#lib/features/groups/group-path.ts';
import { randomId } from '#lib/random-id.ts';
import { stopAt } from '#lib/server/forms.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 30;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const room = await readRoom(api, event.params.id);
  if (room.status === 404) redirect(303, groupPath(event.params.id));
  if (!room.ok) return stopAt(event, room);
  const before = event.url.searchParams.get('before') ?? undefined;
  const messages = await listMessages(api, room.data.id, { limit: SHOWN, before });
  if (messages.status === 404) redirect(303, groupPath(event.params.id));
  if (!messages.ok) return stopAt(event, messages);
  const newest = messages.data.items[0];
  if (!event.isDataRequest && newest) await markRead(api, room.data.id, newest.id);
  return { conversation: room.data, messages: messages.data, formKey: randomId() };
};
