import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expectAccessible } from './support/accessible.js';
import { newcomer } from './support/newcomers.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { logIn, visit } from './support/visits.js';

const main = (page: Page) => page.getByRole('main');
/** A program: it has no browser, and no cookies. */
async function asProgram(page: Page, token: string, path: string) {
  const url = new URL(`/api/v1/${path}`, page.url());
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function makeToken(page: Page, name: string) {
  await main(page).getByLabel("What's it for?").fill(name);
  await main(page).getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await main(page).getByRole('button', { name: 'Create a token' }).click();
  const secret = main(page).getByLabel('The token');
  await expect(secret).toBeVisible();
  return secret.inputValue();
}

test('somebody makes a token, a program uses it, and it ends at once', async ({ browser }) => {
  const { page, email } = await newcomer(browser, 'Ann');
  await visit(page, '/settings');
  await main(page).getByRole('link', { name: 'Apps and tokens' }).click();
  await expect(main(page).getByText('No apps use your account.')).toBeVisible();

  // What was typed stays when something is wrong.
  await main(page).getByLabel("What's it for?").fill('Choir calendar');
  await main(page)
    .getByRole('checkbox', { name: /^Write/ })
    .check();
  await main(page).getByLabel('How long it works').selectOption('A year');
  await main(page).getByLabel('Password', { exact: true }).fill('not the password');
  await main(page).getByRole('button', { name: 'Create a token' }).click();
  await expect(main(page).getByText("That's not your current password.")).toBeVisible();
  await expect(main(page).getByLabel("What's it for?")).toHaveValue('Choir calendar');
  await expect(main(page).getByRole('checkbox', { name: /^Write/ })).toBeChecked();
  await expect(main(page).getByLabel('How long it works')).toHaveValue('365');

  const token = await makeToken(page, 'Choir calendar');
  await expectAccessible(page);
  const own = await asProgram(page, token, 'users/me');
  expect(own).toMatchObject({ status: 200, body: { email } });
  expect((await asProgram(page, token, 'conversations')).status).toBe(403);

  await visit(page, '/settings/apps');
  await expect(main(page).getByText('Choir calendar', { exact: true })).toBeVisible();
  await expect(main(page).getByText(token)).toHaveCount(0);
  await expect(main(page).getByText('Read, Write')).toBeVisible();
  await main(page).getByRole('button', { name: 'Remove access: Choir calendar' }).click();
  await expect(main(page).getByText('No apps use your account.')).toBeVisible();
  expect((await asProgram(page, token, 'users/me')).status).toBe(401);
});

test('a token is made and ended without scripts', async ({ browser }) => {
  const page = await withoutScripts(browser);
  await page.goto('/settings/apps');
  await page.getByLabel("What's it for?").fill(' ');
  await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await main(page).getByRole('button', { name: 'Create a token' }).click();
  await expect(main(page).getByText('Please fill this in.')).toBeVisible();
  const token = await makeToken(page, 'Kiln timer');
  expect((await asProgram(page, token, 'users/me')).status).toBe(200);
  await main(page).getByRole('button', { name: 'Remove access: Kiln timer' }).click();
  await expect(main(page).getByText('Access removed.')).toBeVisible();
  expect((await asProgram(page, token, 'users/me')).status).toBe(401);
});

test('somebody hears of a new device, and finds it among what happened', async ({ browser }) => {
  const { page, email } = await newcomer(browser, 'Ann');
  const there = await (await browser.newContext()).newPage();
  await logIn(there, email);

  await expect(async () => {
    const answer = await page.request.get('/api/v1/dev/mailbox');
    const { items } = (await answer.json()) as { items: { to: string; subject: string }[] };
    expect(items).toContainEqual(
      expect.objectContaining({ to: email, subject: 'A new device logged in to your account' }),
    );
  }).toPass();

  await visit(page, '/settings');
  await main(page).getByRole('link', { name: 'Account activity' }).click();
  const list = main(page).getByRole('list', { name: 'Account activity' });
  await expect(list.getByRole('listitem').first()).toContainText('Logged in with a new device');
  await expect(list.getByText('Account created')).toBeVisible();
  await expectAccessible(page);
});

/** A member of the cast in a browser without scripts. */
async function withoutScripts(browser: Browser): Promise<Page> {
  const { page: before } = await newcomer(browser, 'Ben');
  const storageState = await before.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState });
  return context.newPage();
}
