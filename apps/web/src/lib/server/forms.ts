import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import * as m from '#lib/generated/messages.js';
import { messageOf, type ApiRefusal } from '#lib/api-answer.ts';

/** The data every refused form gets back. Passwords are never among the values. */
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

/** For forms that show the error of each field beside it. Secrets are the fields that come back empty. */
export const refuse = (
  refusal: ApiRefusal,
  values: Record<string, string> = {},
  secrets: readonly string[] = [],
) =>
  fail<Refusal>(refusal.status, {
    values,
    errors: refusal.errors,
    message: messageOf(refusal, [...Object.keys(values), ...secrets]),
  });

/** The session has ended since the page was opened; log in and come back. */
export const toLoginIfSignedOut = (event: RequestEvent, refusal: ApiRefusal) => {
  if (refusal.problem === 'not-signed-in') toLogin(event);
};

/** A visitor who opens the home sees what this place is; elsewhere one logs in and comes back. */
const toLogin = ({ route, request, url }: RequestEvent): never => {
  const isVisit = route.id === '/(app)' && request.method === 'GET';
  redirect(303, isVisit ? resolve('/(public)/welcome') : loginPathFor(url));
};

export const loginPathFor = (url: URL) => {
  // The URL of a form action (?/save) is not a page that can be opened again.
  const search = url.search.startsWith('?/') ? '' : url.search;
  const here = `${url.pathname}${search}`;
  return here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`;
};

/** Whoever is signed in; others log in first. */
export const viewerOf = async (event: RequestEvent) => {
  const session = await event.locals.session;
  if (session === undefined) error(503, m.error_away_text());
  return session === null ? toLogin(event) : session.user;
};

/** For load functions: the page cannot be shown without this answer. */
export const stopAt = (event: RequestEvent, refusal: ApiRefusal): never => {
  toLoginIfSignedOut(event, refusal);
  error(refusal.status, messageOf(refusal));
};

/**
 * For load functions: the page stays, and says in place that this part couldn't be loaded. That is for what may work a
 * moment later; any other refusal stops the page.
 */
export const failureOf = (event: RequestEvent, refusal: ApiRefusal): string =>
  refusal.status >= 500 || refusal.status === 429 ? messageOf(refusal) : stopAt(event, refusal);

/** Used, expired, or cut off by the mail program: the same to the reader. */
export const isDeadLink = ({ problem, errors }: ApiRefusal) =>
  problem === 'link-expired' || (problem === 'invalid-input' && 'token' in errors);
