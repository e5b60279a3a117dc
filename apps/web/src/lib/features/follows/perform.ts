import { deserialize } from '$app/forms';
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import * as m from '#lib/paraglide/messages.js';

export type PersonAction =
  | 'follow'
  | 'unfollow'
  | 'accept'
  | 'decline'
  | 'removeFollower'
  | 'mute'
  | 'unmute'
  | 'block'
  | 'unblock';

export type Performed<Data> =
  { ok: true; data: Data } | { ok: false; status: number; text: string };

/** Where the plain form of the same action is sent. */
export const actionPath = (id: string, action: PersonAction | 'ask') =>
  `${resolve('/(app)/people/[id]', { id })}?/${action}`;

/** A form action, performed without leaving the page: for what is shown as done before it is. */
export const perform = async <Data extends Record<string, unknown>>(
  path: string,
  fields: Record<string, string> = {},
): Promise<Performed<Data>> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
      body: new URLSearchParams(fields),
    });
    const result = deserialize<Data, { message?: string }>(await response.text());
    if (result.type === 'success') return { ok: true, data: result.data as Data };
    // The session ended since the page was opened.
    if (result.type === 'redirect') await goto(result.location);
    const text =
      (result.type === 'failure' && result.data?.message) ||
      (result.type === 'error' && result.error.message) ||
      m.follows_failed();
    return { ok: false, status: result.status ?? 500, text };
  } catch {
    return { ok: false, status: 503, text: m.follows_failed() };
  }
};
