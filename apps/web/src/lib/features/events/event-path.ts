import { resolve } from '$app/paths';

/** The page of an event, or the path of one of its plain forms. */
export const eventPath = (id: string, action?: 'respond' | 'withdraw') => {
  const path = resolve('/(app)/events/[id]', { id });
  return action ? `${path}?/${action}` : path;
};

export const groupEventsPath = (id: string) => resolve('/(app)/groups/[id]/events', { id });

/** The file for calendar programs. */
export const calendarFileOf = (id: string) => `/api/v1/events/${id}.ics`;
