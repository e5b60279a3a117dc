import type { Browser, Page } from '@playwright/test';
import { CAST } from '@echomate/testing/cast';
import { moveIn } from '@echomate/testing/move-in';
import { nextPlace, type Place } from './places.js';
import { newEmail, visit } from './visits.js';

export interface Newcomer {
  page: Page;
  id: string;
  firstName: string;
  email: string;
}

/** A new signed-in person with a browser of their own: stories never share people. */
export async function newcomer(
  browser: Browser,
  firstName: string,
  visibility: 'public' | 'private' = 'public',
  handle?: string,
  { url, apiUrl }: Place = nextPlace(),
): Promise<Newcomer> {
  const email = newEmail(firstName.toLowerCase());
  const { handle: _handle, ...someone } = CAST[0]!;
  const [resident] = await moveIn(apiUrl, [
    { ...someone, firstName, nickname: null, visibility, email, ...(handle && { handle }) },
  ]);
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
