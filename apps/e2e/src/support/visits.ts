import { expect, type Browser, type Page } from '@playwright/test';
import { CAST, CAST_PASSWORD, emailOf } from '@echomate/testing/cast';
import { untilWritten } from './writes.js';

let strangers = 0;

/** An address that nobody has used yet, in this worker or another. */
export const newEmail = (name: string) =>
  `${name}.${process.pid}.${Date.now()}.${strangers++}@example.org`;

/** A browser of its own: nothing shared with the others. */
export async function newVisitor(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Opens a page and waits until it is hydrated: an earlier click would take the path without scripts. */
export async function visit(page: Page, path: string): Promise<void> {
  await untilWritten(page);
  await undisturbed(() => page.goto(path));
  await scriptsReady(page);
}

export async function reload(page: Page): Promise<void> {
  await untilWritten(page);
  await undisturbed(() => page.reload());
  await scriptsReady(page);
}

/** A dialog that has just closed may still be going back in history, which ends the loading of a page. */
const undisturbed = (load: () => Promise<unknown>) =>
  load().catch((error: Error) => {
    if (!error.message.includes('ERR_ABORTED')) throw error;
    return load();
  });

/** Nothing is pushed to the pages of this browser: what has changed shows by the next thing somebody does. */
export async function withoutSocket(page: Page): Promise<void> {
  await page.context().route('**/socket.io/**', (route) => route.abort());
  await page.context().routeWebSocket('**/socket.io/**', (socket) => socket.close());
}

export const scriptsReady = (page: Page) =>
  page.locator('#svelte-announcer').waitFor({ state: 'attached' });

export async function fillRegistration(page: Page, email: string, firstName = 'Noor') {
  await page.goto('/register');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill('Visser');
  await page.getByLabel('Date of birth', { exact: true }).fill('1993-03-21');
}

/** Opens the newest mail to an address, about this, in the development mailbox and follows its link. */
export async function followMailedLink(page: Page, email: string, about = '') {
  const mail = page.getByRole('listitem').filter({ hasText: email }).filter({ hasText: about });
  await expect(async () => {
    await page.goto('/dev/mailbox');
    await expect(mail.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.first().getByRole('link').first().click();
}

export async function logIn(page: Page, email: string, password = CAST_PASSWORD) {
  await page.goto('/login');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** A person of the demo's cast. */
export const castMember = (firstName: string) => {
  const member = CAST.find((person) => person.firstName === firstName)!;
  return { ...member, email: emailOf(member) };
};

export const signedInAs = (page: Page, firstName: string) =>
  expect(page.getByRole('heading', { name: `Good to see you, ${firstName}` })).toBeVisible();
