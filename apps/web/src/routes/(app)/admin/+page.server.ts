import type { RegistrationMode, SiteColour } from '@echomate/contracts/site.dto';
import { readSettings, removeLogo, saveLogo, saveSettings } from '#lib/features/admin/site-api.ts';
import { messageOf } from '#lib/api-answer.ts';
import * as m from '#lib/generated/messages.js';
import { fileOf, refuse, stopAt, textsOf, toLoginIfSignedOut } from '#lib/server/forms.ts';
import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = ['name', 'colour', 'welcome', 'rules', 'contact', 'registration'] as const;

export const load: PageServerLoad = async (event) => {
  const answer = await readSettings(event.locals.api);
  return answer.ok ? { settings: answer.data } : stopAt(event, answer);
};

export const actions: Actions = {
  settings: async (event) => {
    const values = textsOf(await event.request.formData(), FIELDS);
    const answer = await saveSettings(event.locals.api, {
      ...values,
      rules: values.rules
        .split('\n')
        .map((rule) => rule.trim())
        .filter(Boolean),
      // The api validates them like every other field.
      colour: values.colour as SiteColour,
      registration: values.registration as RegistrationMode,
    });
    if (answer.ok) return { saved: 'settings' as const };
    toLoginIfSignedOut(event, answer);
    return refuse(answer, values);
  },

  logo: async (event) => {
    const file = fileOf(await event.request.formData(), 'logo');
    if (!file) return fail(400, { logoError: m.admin_site_logo_choose_first() });
    const answer = await saveLogo(event.locals.api, file);
    if (answer.ok) return { saved: 'logo' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { logoError: messageOf(answer) });
  },

  removeLogo: async (event) => {
    const answer = await removeLogo(event.locals.api);
    if (answer.ok) return { saved: 'removed' as const };
    toLoginIfSignedOut(event, answer);
    return fail(answer.status, { logoError: messageOf(answer) });
  },
};
