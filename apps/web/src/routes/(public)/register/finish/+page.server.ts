import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { EMAIL_SWITCH, FIELD_NAMES } from '#lib/features/users/profile-fields.ts';
import { refuse, textsOf } from '#lib/server/forms.ts';
import { goOn, readUnfinished, registerFromOutside } from '#lib/server/outside-api.ts';
import { registeringWith } from '#lib/server/registering.ts';
import type { RegisterFromOutside } from '@echomate/contracts/outside-logins.dto';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = ['handle', 'invitation', 'words', EMAIL_SWITCH.name, 'visibility', ...FIELD_NAMES];

/** For whoever has come from another site and has no account here yet. */
export const load: PageServerLoad = async ({ locals, parent }) => {
  const [answer, { site }] = await Promise.all([readUnfinished(locals.api), parent()]);
  if (!answer.ok || answer.data.next !== 'register') redirect(303, resolve('/(public)/login'));
  const { label, email, firstName, lastName, invitation } = answer.data;
  return {
    ...(await registeringWith(locals.api, site, invitation)),
    outside: { label, email: email! },
    names: { firstName, lastName },
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const values: Record<string, string> = textsOf(form, FIELDS);
    const acceptsRules = form.has('acceptsRules');
    if (acceptsRules) values['acceptsRules'] = 'true';
    const body = { ...values, acceptsRules } as unknown as RegisterFromOutside;
    const answer = await registerFromOutside(event.locals.api, body);
    if (answer.ok) return goOn(event, answer.data);
    return refuse(answer, values, ['acceptsRules']);
  },
};
