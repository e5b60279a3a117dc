import { expect, test } from './support/story.js';
import { newcomer } from './support/newcomers.js';
import { follow, menu, postWith, publish, send } from './support/posts.js';
import { reload, visit } from './support/visits.js';

test('who is muted from a post leaves the feed at once, and comes back by undo', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  for (const one of [ben, cem]) await follow(ann, one);
  const { id } = await publish(ben, 'The first of Ben');
  await publish(ben, 'The second of Ben');
  await publish(cem, 'Something of Cem');
  await send(cem, `posts/${id}/share`, { audience: 'public', content: 'Look at this' });
  await expect(async () => {
    await visit(ann.page, '/');
    await expect(ann.page.getByRole('article')).toHaveCount(4, { timeout: 1000 });
  }).toPass();

  await menu(ann, 'The second of Ben', 'Mute Ben Okafor');
  await expect(
    ann.page.getByText("You muted Ben Okafor. They won't be notified.", { exact: true }),
  ).toBeVisible();
  await expect(ann.page.getByRole('article')).toHaveCount(1);
  await expect(postWith(ann.page, 'Something of Cem')).toBeFocused();
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await expect(ann.page.getByRole('article')).toHaveCount(4);

  await menu(ann, 'The second of Ben', 'Mute Ben Okafor');
  await expect(ann.page.getByRole('article')).toHaveCount(1);
  await reload(ann.page);
  await expect(ann.page.getByRole('article')).toHaveCount(1);
  // Only feeds leave out whom somebody has muted; there the menu takes it back.
  await visit(ann.page, `/people/${ben.id}`);
  await menu(ann, 'The second of Ben', 'Unmute Ben Okafor');
  await expect(ann.page.getByText('You unmuted Ben Okafor.')).toBeVisible();
  await visit(ann.page, '/');
  await expect(ann.page.getByRole('article')).toHaveCount(4);
});

test('blocking from a post asks first, and then both are gone for each other', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  for (const one of [ben, cem]) await follow(ann, one);
  const { id } = await publish(cem, 'Talk to me');
  await send(ben, `posts/${id}/comments`, { content: 'Ben was here' });
  const post = await publish(ben, 'Something of Ben');
  await expect(async () => {
    await visit(ann.page, '/');
    await expect(ann.page.getByRole('article')).toHaveCount(2, { timeout: 1000 });
  }).toPass();
  const talk = postWith(ann.page, 'Talk to me');
  await talk.getByRole('link', { name: 'Comment on the post by Cem Okafor' }).click();
  await expect(talk.getByText('Ben was here')).toBeVisible();

  await menu(ann, 'Something of Ben', 'Block Ben Okafor');
  const question = ann.page.getByRole('dialog', { name: 'Block Ben Okafor?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(postWith(ann.page, 'Something of Ben')).toBeVisible();
  await menu(ann, 'Something of Ben', 'Block Ben Okafor');
  await question.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(ann.page.getByRole('article')).toHaveCount(1);
  await expect(talk.getByText('Ben was here')).toHaveCount(0);
  await expect(talk).toBeFocused();
  await reload(ann.page);
  await expect(ann.page.getByRole('article')).toHaveCount(1);
  expect((await ann.page.request.get(`/posts/${post.id}`)).status()).toBe(404);
  expect((await ben.page.request.get(`/people/${ann.id}`)).status()).toBe(404);
});

test('blocking on the page of a post leads home', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { id } = await publish(ben, 'Something of Ben');
  await visit(ann.page, `/posts/${id}`);
  await menu(ann, 'Something of Ben', 'Block Ben Okafor');
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click();
  await expect(ann.page).toHaveURL('/');
  await expect(ann.page.getByText('You blocked Ben Okafor.')).toBeVisible();
});

test('the link to a post is copied from its menu', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { id } = await publish(ben, 'Something of Ben');
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit(ann.page, `/people/${ben.id}`);
  await menu(ann, 'Something of Ben', 'Copy link');
  await expect(ann.page.getByText('Link copied.')).toBeVisible();
  const copied = await ann.page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(copied).pathname).toBe(`/posts/${id}`);
});

test('without scripts the menu of a post leads to where its author is muted', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { id } = await publish(ben, 'Something of Ben');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(`/posts/${id}`);
  const more = { name: 'More about Ben Okafor' };
  await page.getByRole('article').getByRole('link', more).click();
  await expect(page).toHaveURL(/\/@ben/);
  await page.locator('summary[aria-label="More about Ben Okafor"]').click();
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(page.getByText('Muted', { exact: true })).toBeVisible();
  await context.close();
});
