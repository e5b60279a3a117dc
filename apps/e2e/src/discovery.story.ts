import type { Browser } from '@playwright/test';
import { expectAccessible } from './support/accessible.js';
import { failingPlace } from './support/failing-place.js';
import { newcomer as anyNewcomer, type Newcomer } from './support/newcomers.js';
import { follow, postWith, publish, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { reload, scriptsReady, visit } from './support/visits.js';

const newcomer = (browser: Browser, firstName: string) =>
  anyNewcomer(browser, firstName, 'public', undefined, true);

const like = async ({ page }: Newcomer, { id }: { id: string }) =>
  expect((await page.request.put(`/api/v1/posts/${id}/like`)).ok()).toBe(true);

const toast = (page: Page, text: string) =>
  expect(page.getByRole('status').getByText(text).first()).toBeVisible();

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Discover' }).getByRole('link', { name }).click();

const suggestions = (page: Page) =>
  page.locator('main').getByRole('region', { name: 'People you may know' });

test('a person is suggested with a reason, dismissed, brought back and followed', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  await follow(ann, ben);
  await follow(ben, cem);
  await visit(ann.page, '/discover');
  await tab(ann.page, 'People');
  const row = suggestions(ann.page).getByRole('listitem').filter({ hasText: 'Cem Okafor' });
  await expect(row).toContainText('Followed by Ben');

  await row.getByRole('button', { name: 'Not interested in Cem Okafor' }).click();
  await expect(row).toHaveCount(0);
  await toast(ann.page, "We won't suggest Cem Okafor again.");
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Not interested in Cem Okafor' }).click();
  await expect(row).toHaveCount(0);
  await reload(ann.page);
  await expect(row).toHaveCount(0);

  await visit(ann.page, '/settings');
  await ann.page.getByRole('link', { name: /^Suggestions/ }).click();
  await ann.page.getByRole('button', { name: 'Suggest again: Cem Okafor' }).click();
  await expect(ann.page.getByText('We may suggest this again.')).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByText("You haven't hidden anything")).toBeVisible();

  await visit(ann.page, '/discover?view=people');
  await row.getByRole('button', { name: 'Follow Cem Okafor' }).click();
  await expect(row.getByRole('button', { name: /Following Cem Okafor/ })).toBeVisible();
});

test('a public post that people like is on Discover until one is not interested', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  const words = `Swifts are back ${Date.now()}`;
  const post = await publish(ben, words);
  await like(cem, post);
  const quiet = await publish(ben, `Nobody saw ${words}`, 'followers');
  expect(quiet.id).toBeTruthy();
  await visit(ann.page, '/discover');
  await expect(postWith(ann.page, words)).toContainText('Someone likes this');
  await expect(ann.page.getByText(`Nobody saw ${words}`)).toHaveCount(0);
  await postWith(ann.page, words)
    .getByRole('button', { name: /^Not interested in/ })
    .click();
  await expect(postWith(ann.page, words)).toHaveCount(0);
  await toast(ann.page, "We won't show you this post on Discover again.");
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(postWith(ann.page, words)).toBeVisible();

  // Whoever does not want to be suggested is gone at once.
  await visit(ben.page, '/settings/suggestions');
  await ben.page.getByRole('checkbox', { name: /^Suggest me to others/ }).uncheck();
  await ben.page.getByRole('button', { name: 'Save' }).click();
  await toast(ben.page, 'Saved.');
  await reload(ann.page);
  await expect(postWith(ann.page, words)).toHaveCount(0);
});

test('groups have a reason, and a dismissed one stays away', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const tag = `kayak${Date.now().toString(36)}`;
  const title = `Paddlers ${tag}`;
  await send(ben, 'groups', { title, description: `All about #${tag}` });
  await publish(ann, `My first #${tag}`, 'me');
  await visit(ann.page, '/discover?view=groups');
  const row = ann.page.locator('main').getByRole('listitem').filter({ hasText: title });
  await expect(row).toContainText(`About #${tag}, like your posts`);
  await row.getByRole('button', { name: `Not interested in ${title}` }).click();
  await expect(row).toHaveCount(0);
  await toast(ann.page, `We won't suggest ${title} again.`);
});

test('without scripts, suggestions are dismissed and taken back by plain forms', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/discover?view=people');
  // Other stories have a Ben, too.
  const row = suggestions(page)
    .getByRole('listitem')
    .filter({ hasText: 'Ben Okafor' })
    .filter({ hasText: 'Follows you' });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Not interested in Ben Okafor' }).click();
  await expect(page).toHaveURL(/\/discover\?view=people$/);
  await expect(row).toHaveCount(0);

  await page.goto('/settings/suggestions');
  await page.getByRole('checkbox', { name: /^Use my groups and hashtags/ }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Use my groups/ })).not.toBeChecked();
  await page.getByRole('button', { name: 'Suggest again: Ben Okafor' }).click();
  await expect(page.getByText("You haven't hidden anything")).toBeVisible();
  await page.goto('/discover?view=people');
  await expect(row).toBeVisible();
  await context.close();
});

test('where Discover fails, it says what, stays where it is, and offers another try', async ({
  browser,
}) => {
  const { page } = await newcomer(browser, 'Ann');
  const place = await failingPlace('/api/v1/discovery');
  const failed = page.getByRole('main').getByRole('alert');
  const tab = (name: string) =>
    page.getByRole('navigation', { name: 'Discover' }).getByRole('link', { name });
  try {
    await page.goto(`${place.url}/discover`);
    await scriptsReady(page);
    await expect(page.getByRole('heading', { name: 'Discover', level: 1 })).toBeVisible();
    await expect(failed).toContainText("We couldn't load these posts just now");
    await expectAccessible(page);
    for (const [name, what] of [
      ['People', 'suggestions'],
      ['Groups', 'suggestions'],
      ['Hashtags', 'hashtags'],
    ] as const) {
      await tab(name).click();
      await expect(tab(name)).toHaveAttribute('aria-current', 'page');
      await expect(failed).toContainText(`We couldn't load these ${what} just now`);
    }
    place.mend();
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(failed).toHaveCount(0);
    await expect(tab('Hashtags')).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('heading', { name: 'Discover', level: 1 })).toBeVisible();
  } finally {
    place.leave();
  }
});
