import { redirect } from '@sveltejs/kit';
import { LIMITS } from '@echomate/contracts/limits';
import { EMAIL_SWITCH, FIELD_NAMES } from '#lib/features/users/profile-fields.ts';
import { register } from '#lib/server/auth-api.ts';
import { fileOf, refuse, textOf, textsOf } from '#lib/server/forms.ts';
import { rememberMailedTo } from '#lib/server/mailed-to.ts';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = ['email', 'handle', EMAIL_SWITCH.name, 'visibility', ...FIELD_NAMES] as const;

export const load: PageServerLoad = async ({ locals }) => {
  if (await locals.session) redirect(303, '/');
  const today = new Date();
  const youngest = new Date(
    Date.UTC(today.getUTCFullYear() - LIMITS.minimumAge, today.getUTCMonth(), today.getUTCDate()),
  );
  return {
    earliestBirth: `${LIMITS.oldestBirthYear}-01-01`,
    latestBirth: youngest.toISOString().slice(0, 10),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const values = textsOf(form, FIELDS);
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.set(name, value);
    body.set('password', textOf(form, 'password'));
    const avatar = fileOf(form, 'avatar');
    if (avatar) body.set('avatar', avatar, avatar.name);

    const answer = await register(event.locals.api, body);
    if (!answer.ok) return refuse(answer, values, ['password', 'avatar']);
    rememberMailedTo(event, values.email);
    redirect(303, '/register/check-mail');
  },
};
