import { createGroup } from '#lib/features/groups/groups-api.ts';
import { randomId } from '#lib/random-id.ts';
import { textOf } from '#lib/server/forms.ts';
import { saveGroup } from '#lib/server/group-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ formKey: randomId() });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    return saveGroup(event, form, ({ bannerId, ...words }) =>
      createGroup(
        event.locals.api,
        { ...words, ...(bannerId && { bannerId }) },
        textOf(form, 'key') || randomId(),
      ),
    );
  },
};
