import type {
  CreateEventRequest,
  Event,
  EventAnswer,
  EventScope,
  UpdateEventRequest,
} from '@echomate/contracts/events.dto';
import type { ApiCalls } from '#lib/api-calls.ts';

export interface EventsAsked {
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const listEvents = (
  api: ApiCalls,
  groupId: string,
  asked: EventsAsked & { past?: boolean } = {},
) => api.get('/groups/{id}/events', { id: groupId, ...asked });

/** Of all the viewer's groups, between two times. */
export const listOwnEvents = (
  api: ApiCalls,
  asked: EventsAsked & { from?: string; to?: string } = {},
) => api.get('/users/me/events', asked);

export const readEvent = (api: ApiCalls, id: string) => api.get('/events/{id}', { id });

export const createEvent = (
  api: ApiCalls,
  groupId: string,
  body: CreateEventRequest,
  key: string,
) => api.post('/groups/{id}/events', { id: groupId, body, key });

export const updateEvent = (api: ApiCalls, id: string, body: UpdateEventRequest) =>
  api.patch('/events/{id}', { id, body });

export const cancelEvent = (api: ApiCalls, id: string, scope: EventScope) =>
  api.post('/events/{id}/cancel', { id, body: { scope } });

export const deleteEvent = (api: ApiCalls, id: string) => api.delete('/events/{id}', { id });

// ——— answers

export const respondTo = (api: ApiCalls, id: string, optionId: string) =>
  api.put('/events/{id}/response', { id, body: { optionId } });

export const withdrawResponse = (api: ApiCalls, id: string) =>
  api.delete('/events/{id}/response', { id });

export const listAnswers = (
  api: ApiCalls,
  id: string,
  asked: EventsAsked & { optionId?: string | undefined } = {},
) => api.get('/events/{id}/responses', { id, ...asked });

const NAMED = 8;

/** The first who picked each option. */
export const readAnswers = async (
  api: ApiCalls,
  { id, options }: Event,
): Promise<Record<string, EventAnswer[]>> => {
  const picked = options.filter(({ answerCount, waitingCount }) => answerCount + waitingCount > 0);
  const lists = await Promise.all(
    picked.map((option) => listAnswers(api, id, { optionId: option.id, limit: NAMED })),
  );
  return Object.fromEntries(
    lists.flatMap((list, at) => (list.ok ? [[picked[at]!.id, list.data.items]] : [])),
  );
};

// ——— the secret address

export const readCalendar = (api: ApiCalls) => api.get('/users/me/calendar');

export const renewCalendar = (api: ApiCalls) => api.post('/users/me/calendar');

export const endCalendar = (api: ApiCalls) => api.delete('/users/me/calendar');
