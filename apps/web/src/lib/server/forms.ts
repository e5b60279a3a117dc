import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { messageOf, type ApiRefusal } from '#lib/api-answer.ts';

/** What every refused form gets back. Passwords are never among the values. */
export interface Refusal {
  values: Record<string, string>;
  errors: Record<string, string>;
  message: string;
}

export const textOf = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

export const textsOf = <Name extends string>(form: FormData, names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<Name, string>;

/** An untouched file input sends an empty file without a name. */
export const fileOf = (form: FormData, name: string) => {
  const value = form.get(name);
  return value instanceof File && value.size > 0 ? value : null;
};

export const refuse = (refusal: ApiRefusal, values: Record<string, string> = {}) =>
  fail<Refusal>(refusal.status, {
    values,
    errors: refusal.errors,
    message: messageOf(refusal),
  });

/** The session ended since the page was opened; log in and come back. */
export const toLoginIfSignedOut = (event: RequestEvent, refusal: ApiRefusal) => {
  if (refusal.problem === 'not-signed-in') redirect(303, loginPathFor(event.url));
};

export const loginPathFor = (url: URL) => {
  // A form action's address (?/save) means nothing to a page that is opened anew.
  const search = url.search.startsWith('?/') ? '' : url.search;
  const here = `${url.pathname}${search}`;
  return here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`;
};

/** The guard in hooks has sent everyone else away; what is left is an api that did not answer. */
export const viewerOf = ({ locals }: RequestEvent) => {
  if (!locals.session) error(503, m.error_away_text());
  return locals.session.user;
};

/** For load functions: nothing can be shown without this answer. */
export const stopAt = (event: RequestEvent, refusal: ApiRefusal): never => {
  toLoginIfSignedOut(event, refusal);
  error(refusal.status, refusal.message);
};

/** Used up, too old, or cut off by the mail program: for the reader the same thing. */
export const isDeadLink = ({ problem, errors }: ApiRefusal) =>
  problem === 'link-expired' || (problem === 'invalid-input' && 'token' in errors);
