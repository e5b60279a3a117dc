import { error } from '@sveltejs/kit';
import type { EventScope } from '@echomate/contracts/events.dto';
import { updateEvent } from '#lib/features/events/events-api.ts';
import * as m from '#lib/generated/messages.js';
import { saveEvent, zonesFor } from '#lib/server/event-form.ts';
import { textOf } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { event: shown } = await event.parent();
  if (!shown.mayEdit) error(404, m.error_missing_text());
  return { zones: zonesFor(event) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const scope = textOf(form, 'scope') as EventScope | '';
    return saveEvent(event, form, ({ repeats: _, until, ...wanted }) =>
      updateEvent(event.locals.api, event.params.id, {
        ...wanted,
        ...(until && { until }),
        ...(scope && { scope }),
      }),
    );
  },
};
