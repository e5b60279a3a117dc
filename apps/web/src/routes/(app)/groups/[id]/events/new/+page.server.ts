import { error } from '@sveltejs/kit';
import { createEvent, listEvents } from '#lib/features/events/events-api.ts';
import * as m from '#lib/generated/messages.js';
import { randomId } from '#lib/random-id.ts';
import { saveEvent, zonesFor } from '#lib/server/event-form.ts';
import { stopAt, textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // For members only.
  const events = await listEvents(event.locals.api, event.params.id, { limit: 1 });
  if (events.status === 400) error(404, m.error_missing_text());
  if (!events.ok) return stopAt(event, events);
  return { zones: zonesFor(event), formKey: randomId() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    return saveEvent(event, form, (wanted) =>
      createEvent(event.locals.api, event.params.id, wanted, textOf(form, 'key') || randomId()),
    );
  },
};
