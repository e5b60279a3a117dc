import { drawScene } from '@echomate/testing/scenery';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { expect, test, type Page } from './support/story.js';
import { visit } from './support/visits.js';

const postWith = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

const follow = async (who: Newcomer, whom: Newcomer) =>
  expect((await who.page.request.put(`/api/v1/users/${whom.id}/follow`)).ok()).toBe(true);

const write = async ({ page }: Newcomer, content: string, mediaIds: string[] = []) => {
  const answer = await page.request.post('/api/v1/posts', {
    data: { content, audience: 'public', mediaIds },
  });
  expect(answer.ok()).toBe(true);
};

const openMenuEntry = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name }).first().click();

test('own shares, comments and likes show wherever the post does, without a reload', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await write(ann, 'The first honey');
  await openProfile(ben, ann);
  const { page } = ben;
  const original = postWith(page, 'The first honey').filter({ hasNotText: 'So true' });
  await original.getByRole('link', { name: 'Share the post by Ann Okafor' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('So true');
  await dialog.getByRole('button', { name: 'Share' }).click();
  await expect(original.getByText('1 share', { exact: true })).toBeVisible();
  await expect(dialog).toHaveCount(0);

  await openMenuEntry(page, 'Home');
  const share = postWith(page, 'So true');
  await expect(share).toBeVisible();
  await share.getByRole('link', { name: 'Comment on the post by Ben Okafor' }).click();
  await share.getByLabel('Write a comment').fill('Me again');
  await share.getByRole('button', { name: 'Send' }).click();
  await expect(share.getByText('1 comment', { exact: true })).toBeVisible();

  // Written on the home, it is on the profile's list as well.
  await page.getByLabel('Your post').fill('And a second one');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByRole('article').first()).toContainText('And a second one');

  // Liked on its own page, it is liked in the list that was left.
  await share.locator('time').first().click();
  await expect(page).toHaveURL(/\/posts\//);
  await page.getByRole('button', { name: 'Like the post by Ben Okafor' }).click();
  await expect(page.getByText('1 like', { exact: true })).toBeVisible();
  await page.goBack();
  await expect(share.getByText('1 like', { exact: true })).toBeVisible();
  await expect(share.getByText('1 comment', { exact: true })).toBeVisible();
  await expect(postWith(page, 'And a second one')).toHaveCount(1);
});

test('the first request shows its badge, and whoever is accepted follows at once', async ({
  browser,
}) => {
  const [ann, pia] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Pia', 'private')];
  await visit(pia.page, '/');
  await follow(ann, pia);
  await openMenuEntry(pia.page, 'People');
  const entry = pia.page
    .getByRole('navigation')
    .getByRole('link', { name: /^Requests/ })
    .first();
  await expect(entry).toContainText('1');
  await entry.click();
  await expect(pia.page.getByText('Nobody follows you yet.')).toBeVisible();
  await pia.page.getByRole('button', { name: 'Accept Ann Okafor' }).click();
  await expect(pia.page.getByText('Nobody follows you yet.')).toHaveCount(0);
  await expect(entry).not.toContainText('1');
  const follower = pia.page.getByRole('region', { name: 'New followers' });
  await follower.getByRole('button', { name: 'Follow Ann Okafor' }).click();
  await expect(
    follower.getByRole('button', { name: 'Friends with Ann Okafor: unfollow' }),
  ).toBeVisible();
  // Beside the page, namesakes may be suggested.
  const main = pia.page.getByRole('main');
  await expect(main.getByRole('button', { name: 'Follow Ann Okafor' })).toHaveCount(0);
});

test('the way back leads to the same posts at the same place', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  for (let number = 1; number <= 45; number += 1) await write(ann, `Jar number ${number}.`);
  await visit(page, '/');
  const seventh = postWith(page, 'Jar number 7.');
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(seventh).toBeVisible({ timeout: 300 });
  }).toPass();
  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(page.getByRole('article')).toHaveCount(45, { timeout: 300 });
  }).toPass();
  await seventh.scrollIntoViewIfNeeded();
  const [shown, y] = [await page.getByRole('article').count(), (await seventh.boundingBox())!.y];
  expect(shown).toBeGreaterThan(20);
  await write(ann, 'Newer than all of them');
  await seventh.locator('time').first().click();
  await expect(page).toHaveURL(/\/posts\//);
  await page.goBack();
  await expect(page.getByRole('article')).toHaveCount(shown);
  await expect.poll(async () => Math.abs((await seventh.boundingBox())!.y - y)).toBeLessThan(2);
});

test('Back closes what lies over the page, and leaves no trace of it in the history', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const answer = await page.request.post('/api/v1/media', {
    multipart: {
      file: { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await drawScene('kites') },
    },
  });
  const { id } = (await answer.json()) as { id: string };
  await write(ann, 'Kites', [id]);
  await visit(page, '/people');
  await openMenuEntry(page, 'Home');
  const post = postWith(page, 'Kites');
  const dialog = page.getByRole('dialog');

  await post.getByRole('link', { name: /picture|photo/i }).click();
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(post).toBeVisible();
  // Forward shows nothing, and stays here.
  await page.goForward();
  await expect(dialog).toHaveCount(0);
  await expect(post).toBeVisible();

  await post.getByRole('link', { name: 'Share the post by Ann Okafor' }).click();
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(post).toBeVisible();

  await post.getByRole('link', { name: 'Share the post by Ann Okafor' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await page.waitForFunction(() => !JSON.stringify(history.state).includes('over'));
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);

  // A link in a dialog leads on; the way back passes the dialog over.
  await page.keyboard.press('?');
  await dialog.getByRole('link').click();
  await expect(page).toHaveURL(/\/settings/);
  await expect(dialog).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);
  await expect(dialog).toHaveCount(0);
});

test('a share and its original do not stand one after the other', async ({ browser }) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  for (const one of [ann, ben]) await follow(cem, one);
  await write(ann, 'The first honey');
  const feed = await (await ann.page.request.get('/api/v1/feed')).json();
  const shared = await ben.page.request.post(`/api/v1/posts/${feed.items[0].id}/share`, {
    data: { content: 'So true', audience: 'public' },
  });
  expect(shared.ok()).toBe(true);
  const { page } = cem;
  await expect(async () => {
    await visit(page, '/');
    await expect(postWith(page, 'So true')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(postWith(page, 'So true')).toContainText('The first honey');

  // Without the share the original stands for itself.
  await postWith(page, 'So true').getByRole('button', { name: 'More about this post' }).click();
  await page.getByRole('menuitem', { name: 'Mute Ben Okafor' }).click();
  await expect(postWith(page, 'So true')).toHaveCount(0);
  await expect(postWith(page, 'The first honey')).toBeVisible();
});
