import { error } from '@sveltejs/kit';
import { updateGroup } from '#lib/features/groups/groups-api.ts';
import * as m from '#lib/generated/messages.js';
import { textOf } from '#lib/server/forms.ts';
import { saveGroup } from '#lib/server/group-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { group } = await event.parent();
  if (group.role !== 'creator') error(404, m.error_missing_text());
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const isRemoved = textOf(form, 'removeBanner') !== '';
    return saveGroup(event, form, ({ bannerId, ...words }) =>
      updateGroup(event.locals.api, event.params.id, {
        ...words,
        ...(bannerId ? { bannerId } : isRemoved && { bannerId: null }),
      }),
    );
  },
};
