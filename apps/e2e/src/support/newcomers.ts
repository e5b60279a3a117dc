import type { Browser, Page } from '@playwright/test';
import { CAST } from '@echomate/testing/cast';
import { moveIn } from '@echomate/testing/move-in';
import { newEmail, visit } from './visits.js';

export interface Newcomer {
  page: Page;
  id: string;
  firstName: string;
  email: string;
}

/** Where stories happen: one installation; or two, and those who come one after the other use different ones. */
const nextAddress = () => {
  const ports = [process.env['E2E_PORT'], process.env['E2E_SECOND_PORT']].filter(Boolean);
  return `http://localhost:${ports[arrivals++ % ports.length]}`;
};
let arrivals = 0;

/** A new signed-in person with a browser of their own: stories never share people. */
export async function newcomer(
  browser: Browser,
  firstName: string,
  visibility: 'public' | 'private' = 'public',
  handle?: string,
  isSuggested = false,
): Promise<Newcomer> {
  const url = nextAddress();
  const email = newEmail(firstName.toLowerCase());
  const { handle: _handle, ...someone } = CAST[0]!;
  const [resident] = await moveIn(url, [
    { ...someone, firstName, nickname: null, visibility, email, ...(handle && { handle }) },
  ]);
  // Beside the pages of other stories nobody is suggested: people there have the same names.
  if (!isSuggested)
    await fetch(`${url}/api/v1/discovery/settings`, {
      method: 'PUT',
      headers: { cookie: resident!.cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ isSuggested, usesInterests: true }),
    });
  const context = await browser.newContext({ baseURL: url });
  const [name, value] = resident!.cookie.split('=') as [string, string];
  await context.addCookies([
    { name, value, domain: 'localhost', path: '/', httpOnly: true, sameSite: 'Lax' },
  ]);
  return { page: await context.newPage(), id: resident!.id, firstName, email };
}

export const openProfile = (who: Newcomer, whom: Newcomer) => visit(who.page, `/people/${whom.id}`);

/** The tab of the profile that says who someone is. */
export const openDetails = (who: Newcomer, whom: Newcomer) =>
  visit(who.page, `/people/${whom.id}/about`);
