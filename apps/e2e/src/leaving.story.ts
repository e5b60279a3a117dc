import { readFile } from 'node:fs/promises';
import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expectAccessible } from './support/accessible.js';
import { unzipped } from './support/archives.js';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { publish, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { logIn, visit } from './support/visits.js';

const main = (page: Page) => page.getByRole('main');
const prove = (page: Page) =>
  main(page).getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
const isHidden = async (who: Newcomer, whom: Newcomer) => {
  await openProfile(who, whom);
  await expect(who.page.getByText("There's nothing here")).toBeVisible();
};
test('somebody deactivates their account, and comes back by logging in', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await visit(ann.page, '/settings');
  await main(ann.page)
    .getByRole('link', { name: /^Your account/ })
    .click();
  await expect(ann.page).toHaveURL(/settings\/account$/);
  await main(ann.page).getByLabel('Password', { exact: true }).fill('not the password');
  await main(ann.page).getByRole('button', { name: 'Deactivate account' }).click();
  await expect(
    main(ann.page)
      .getByText(/password/i)
      .last(),
  ).toBeVisible();
  await expectAccessible(ann.page);
  await prove(ann.page);
  await main(ann.page).getByRole('button', { name: 'Deactivate account' }).click();
  await expect(ann.page.getByText('Your account is deactivated')).toBeVisible();
  await isHidden(ben, ann);

  await logIn(ann.page, ann.email);
  await expect(ann.page.getByText('Welcome back. Your account is active again.')).toBeVisible();
  await openProfile(ben, ann);
  await expect(ben.page.getByRole('heading', { name: /Ann/ }).first()).toBeVisible();
});

test('somebody deletes their account, and says what becomes of their groups', async ({
  browser,
}) => {
  // Two people, several groups, and a form that is refused first
  test.slow();
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await send(ann, 'groups', { title: 'Apple pickers' });
  const given = await send(ann, 'groups', { title: 'Pear pickers' });
  await send(ann, `groups/${given.id}/invitations`, { userIds: [ben.id] });
  const joined = await ben.page.request.post(`/api/v1/groups/${given.id}/invitation/accept`);
  expect(joined.ok()).toBe(true);
  await visit(ann.page, '/settings/account');
  await main(ann.page).getByRole('link', { name: 'Delete account…' }).click();
  await expect(main(ann.page).getByText('Messages you sent stay')).toBeVisible();
  await expectAccessible(ann.page);
  await prove(ann.page);
  await main(ann.page).getByRole('button', { name: 'Delete my account' }).click();
  await expect(
    main(ann.page).getByText('Choose who takes over, or delete the group.').first(),
  ).toBeVisible();
  const choose = (title: string, label: string) =>
    main(ann.page).getByLabel(`What happens to ${title}?`).selectOption({ label });
  await choose('Apple pickers', 'Delete the group');
  await choose('Pear pickers', 'Hand over to Ben Okafor');
  await prove(ann.page);
  await main(ann.page).getByRole('button', { name: 'Delete my account' }).click();
  await expect(ann.page.getByText('will be deleted in 14 days')).toBeVisible();
  await isHidden(ben, ann);
  // Only whoever runs a group is asked this.
  await visit(ben.page, `/groups/${given.id}/delete`);
  await expect(
    main(ben.page).getByRole('heading', { name: 'Delete “Pear pickers”?' }),
  ).toBeVisible();
});

test('somebody changes their mind within 14 days, and everything is back', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await send(ann, 'users/me/deletion', { password: CAST_PASSWORD, groups: [] });
  await isHidden(ben, ann);

  await logIn(ann.page, ann.email);
  await expect(ann.page.getByRole('heading', { name: 'Keep your account?' })).toBeVisible();
  await expectAccessible(ann.page);
  await ann.page.getByRole('link', { name: 'Delete it anyway' }).click();
  await isHidden(ben, ann);
  await logIn(ann.page, ann.email);
  await ann.page.getByRole('button', { name: 'Keep my account' }).click();
  await expect(ann.page.getByText('Welcome back. Your account is active again.')).toBeVisible();
  await openProfile(ben, ann);
  await expect(ben.page.getByRole('heading', { name: /Ann/ }).first()).toBeVisible();
});

test('somebody takes their data along and reads it without the internet', async ({
  browser,
}, testInfo) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await publish(ann, 'Plums <b>for</b> everyone');
  await visit(ann.page, '/settings/export');
  await prove(ann.page);
  await main(ann.page).getByRole('button', { name: 'Request my data' }).click();
  const link = main(ann.page).getByRole('link', { name: /^Download/ });
  await expect(link).toBeVisible({ timeout: 60_000 });
  await expectAccessible(ann.page);
  const download = ann.page.waitForEvent('download');
  await link.click();
  const path = await (await download).path();
  const folder = testInfo.outputPath('archive');
  const files = await unzipped(await readFile(path), folder);
  expect(files).toEqual(expect.arrayContaining(['index.html', 'schema.json', 'data/posts.json']));

  const offline = await browser.newContext({ offline: true });
  const page = await offline.newPage();
  await page.goto(`file://${folder}/index.html`);
  await page.getByRole('link', { name: 'Posts', exact: true }).click();
  await expect(page.getByText('Plums <b>for</b> everyone').first()).toBeVisible();

  const answer = await ben.page.request.get('/api/v1/users/me/export/archive');
  expect(answer.status()).toBe(404);
});
