import { redirect } from '@sveltejs/kit';
import { EMAIL_SWITCH, FIELD_NAMES } from '#lib/features/users/profile-fields.ts';
import { register } from '#lib/server/auth-api.ts';
import { fileOf, refuse, textOf, textsOf } from '#lib/server/forms.ts';
import { rememberMailedTo } from '#lib/server/mailed-to.ts';
import { readProviders } from '#lib/server/outside-api.ts';
import { registeringWith } from '#lib/server/registering.ts';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = [
  'email',
  'handle',
  'invitation',
  'words',
  EMAIL_SWITCH.name,
  'visibility',
  ...FIELD_NAMES,
] as const;

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  if (await locals.session) redirect(303, '/');
  const { site } = await parent();
  const token = url.searchParams.get('invitation');
  const [registering, providers] = await Promise.all([
    registeringWith(locals.api, site, token),
    readProviders(locals.api),
  ]);
  return { ...registering, providers };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const values: Record<string, string> = textsOf(form, FIELDS);
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.set(name, value);
    body.set('password', textOf(form, 'password'));
    if (form.has('acceptsRules')) {
      values['acceptsRules'] = 'true';
      body.set('acceptsRules', 'true');
    }
    const avatar = fileOf(form, 'avatar');
    if (avatar) body.set('avatar', avatar, avatar.name);

    const answer = await register(event.locals.api, body);
    if (!answer.ok) return refuse(answer, values, ['password', 'avatar', 'acceptsRules']);
    rememberMailedTo(event, textOf(form, 'email'));
    redirect(303, '/register/check-mail');
  },
};
