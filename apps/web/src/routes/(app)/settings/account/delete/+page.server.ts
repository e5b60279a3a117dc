import { fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { listMembers } from '#lib/features/groups/groups-api.ts';
import * as m from '#lib/generated/messages.js';
import { setFlash } from '#lib/server/flash.ts';
import {
  refuse,
  stopAt,
  textOf,
  toLoginIfSignedOut,
  viewerOf,
  type Refusal,
} from '#lib/server/forms.ts';
import { deleteAccount, listRunGroups } from '#lib/server/leaving-api.ts';
import type { Actions, PageServerLoad } from './$types';

const MEMBERS_SHOWN = 50;
const CLOSE = 'close';
const fieldOf = (groupId: string) => `group-${groupId}`;

export const load: PageServerLoad = async (event) => {
  const { api } = event.locals;
  const viewer = await viewerOf(event);
  const run = await listRunGroups(api);
  if (!run.ok) return stopAt(event, run);
  const groups = await Promise.all(
    run.data.items.map(async ({ id, title }) => {
      const members = await listMembers(api, id, { limit: MEMBERS_SHOWN });
      const page = members.ok ? members.data : { items: [], nextCursor: null };
      return {
        name: fieldOf(id),
        title,
        members: page.items
          .map(({ user }) => user)
          .filter(({ id: userId }) => userId !== viewer.id),
        hasMore: page.nextCursor !== null,
      };
    }),
  );
  return { groups, membersShown: MEMBERS_SHOWN, close: CLOSE };
};

export const actions: Actions = {
  default: async (event) => {
    const { api } = event.locals;
    const form = await event.request.formData();
    const names = [...form.keys()].filter((name) => name.startsWith(fieldOf('')));
    const values = Object.fromEntries(names.map((name) => [name, textOf(form, name)]));
    const open = names.filter((name) => !values[name]);
    if (open.length > 0)
      return fail<Refusal>(400, {
        values,
        errors: Object.fromEntries(open.map((name) => [name, m.settings_delete_undecided()])),
        message: m.refusal_invalid_input(),
      });
    const groups = names.map((name) => ({
      groupId: name.slice(fieldOf('').length),
      heirId: values[name] === CLOSE ? null : values[name],
    }));
    const answer = await deleteAccount(api, { password: textOf(form, 'password'), groups });
    if (answer.ok) {
      event.setHeaders({ 'clear-site-data': '"cache"' });
      setFlash(event, 'leaving');
      redirect(303, resolve('/(public)/login'));
    }
    toLoginIfSignedOut(event, answer);
    // The api counts the groups; the page names them.
    const errors = Object.fromEntries(
      Object.entries(answer.errors).map(([field, text]) => {
        const index = /^groups\.(\d+)\./.exec(field)?.[1];
        return [index === undefined ? field : names[Number(index)]!, text];
      }),
    );
    return refuse({ ...answer, errors }, values, ['password']);
  },
};
