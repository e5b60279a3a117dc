import { randomUUID } from 'node:crypto';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { follow, postWith, publish, send, visitFeedWith } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import {
  castMember,
  logIn,
  newVisitor,
  scriptsReady,
  signedInAs,
  visit,
} from './support/visits.js';

const banner = (page: Page) => page.getByText("You're offline. Pages you've opened still work.");
const offlinePage = (page: Page) => page.getByRole('heading', { name: "You're offline" });

/** Its service worker answers for this page from now on. */
const isKeeping = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

/** Which paths of pages, answers and pictures this browser keeps for somebody. */
const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => !name.startsWith('echomate-shell-'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => new URL(url).pathname);
  });

const isKept = (page: Page, path: string) =>
  expect.poll(() => keptPaths(page), { message: path }).toContain(path);

const keepsNothing = (page: Page) => expect.poll(() => keptPaths(page)).toEqual([]);

const goOffline = (page: Page) => page.context().setOffline(true);
const comeBack = (page: Page) => page.context().setOffline(false);

const open = (page: Page, path: string) => page.goto(path).catch(() => undefined);

const logOut = (page: Page) =>
  page.getByRole('button', { name: 'Log out' }).filter({ visible: true }).click();

/** Somebody who follows somebody with a post, and has it in the kept feed. */
const readerOf = async (reader: Newcomer, author: Newcomer, text: string) => {
  await follow(reader, author);
  const post = await publish(author, text);
  await visitFeedWith(reader.page, text);
  await isKeeping(reader.page);
  await visit(reader.page, '/');
  await isKept(reader.page, '/__data.json');
  return post;
};

const talk = async (one: Newcomer, other: Newcomer) => {
  await follow(one, other);
  return send(one, 'conversations', { userId: other.id });
};

const say = (who: Newcomer, id: string, content: string) =>
  send(who, `conversations/${id}/messages`, { content, clientId: randomUUID() });

const write = async (page: Page, text: string) => {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
};

const message = (page: Page, text: string) => page.getByRole('log').getByText(text);

test('whoever comes after sees nothing of what was kept: not after log-out, not as another', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  await readerOf(ann, ben, 'For those who follow me');
  await logOut(page);
  await expect(page).toHaveURL(/\/login/);
  await keepsNothing(page);
  await goOffline(page);
  for (const path of ['/', '/notifications', '/messages']) {
    await open(page, path);
    await expect(offlinePage(page)).toBeVisible();
    await expect(page.getByText('For those who follow me')).toHaveCount(0);
  }
  await comeBack(page);

  await logIn(page, castMember('Hanna').email);
  await signedInAs(page, 'Hanna');
  await isKept(page, '/__data.json');
  await goOffline(page);
  await open(page, '/');
  await expect(page.getByRole('heading', { name: 'Good to see you, Hanna' })).toBeVisible();
  await expect(page.getByText('For those who follow me')).toHaveCount(0);
  await open(page, `/people/${ben.id}`);
  await expect(offlinePage(page)).toBeVisible();
});

test('nothing stays of a session that was ended elsewhere, nor of one that has run out', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  await readerOf(ann, ben, 'Kept for a while');
  await expect(page.locator('[data-live]')).toBeAttached();
  // By its socket, while nobody touches the page.
  const elsewhere = await newVisitor(browser);
  await logIn(elsewhere, ann.email);
  await signedInAs(elsewhere, 'Ann');
  expect((await elsewhere.request.delete('/api/v1/auth/sessions')).ok()).toBe(true);
  await keepsNothing(page);
  await goOffline(page);
  await open(page, '/');
  await expect(offlinePage(page)).toBeVisible();

  // By an answer: this tab has no socket, and its cookie is gone.
  await visit(elsewhere, '/');
  await isKeeping(elsewhere);
  await visit(elsewhere, '/');
  await isKept(elsewhere, '/__data.json');
  await elsewhere.context().clearCookies();
  await elsewhere.goto('/notifications');
  await expect(elsewhere).toHaveURL(/\/login/);
  await keepsNothing(elsewhere);
});

test('what was narrowed meanwhile is replaced once the line is back', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  const { id } = await readerOf(ann, ben, 'Soon for me alone');
  await goOffline(page);
  await open(page, '/');
  await expect(postWith(page, 'Soon for me alone')).toBeVisible();
  await expect(banner(page)).toBeVisible();
  const narrowed = await ben.page.request.patch(`/api/v1/posts/${id}`, {
    data: { audience: 'me' },
  });
  expect(narrowed.ok()).toBe(true);
  await comeBack(page);
  await expect(banner(page)).toHaveCount(0);
  await expect(postWith(page, 'Soon for me alone')).toHaveCount(0);
  await goOffline(page);
  await open(page, '/');
  await expect(page.getByRole('heading', { name: 'Good to see you, Ann' })).toBeVisible();
  await expect(page.getByText('Soon for me alone')).toHaveCount(0);
});

test('what was opened stays readable offline, and the page says so without moving', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await say(ben, id, 'See you at the river');
  await visit(page, '/');
  await isKeeping(page);
  // By links, as people go, from a page that was loaded after the worker had come.
  await visit(page, '/settings');
  await page
    .getByRole('link', { name: /^Messages/ })
    .filter({ visible: true })
    .click();
  await page.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(message(page, 'See you at the river')).toBeVisible();
  await isKept(page, `/messages/${id}/__data.json`);
  await isKept(page, '/messages/__data.json');
  const before = await page.getByRole('main').boundingBox();

  await goOffline(page);
  await expect(banner(page)).toBeVisible();
  expect(await page.getByRole('main').boundingBox()).toEqual(before);
  await page.reload();
  await scriptsReady(page);
  await expect(message(page, 'See you at the river')).toBeVisible();
  await visitOffline(page, '/messages');
  await page.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(message(page, 'See you at the river')).toBeVisible();
  // A page that was never opened leaves the open one as it is.
  await page.getByRole('link', { name: 'Groups', exact: true }).first().click();
  await expect(page.getByText("You haven't opened that page before")).toBeVisible();
  await expect(message(page, 'See you at the river')).toBeVisible();

  await comeBack(page);
  await expect(banner(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'Groups', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible();
});

const visitOffline = async (page: Page, path: string) => {
  await open(page, path);
  await scriptsReady(page);
};

test('online, what is shown is what the server says', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  const { id } = await readerOf(ann, ben, 'First words');
  const changed = await ben.page.request.patch(`/api/v1/posts/${id}`, {
    data: { content: 'Second words' },
  });
  expect(changed.ok()).toBe(true);
  await visit(page, '/');
  await expect(postWith(page, 'Second words')).toBeVisible();
  await expect(page.getByText('First words')).toHaveCount(0);
  // What is gone is not kept either.
  await visit(page, `/posts/${id}`);
  await isKept(page, `/posts/${id}/__data.json`);
  expect((await ben.page.request.delete(`/api/v1/posts/${id}`)).ok()).toBe(true);
  await page.goto(`/posts/${id}`);
  await expect.poll(() => keptPaths(page)).not.toContain(`/posts/${id}/__data.json`);
});

test('messages written offline wait, survive a reload, and go out once and in order', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await visit(page, `/messages/${id}`);
  await isKeeping(page);
  await visit(page, `/messages/${id}`);
  await isKept(page, `/messages/${id}/__data.json`);
  await goOffline(page);
  await expect(banner(page)).toBeVisible();
  await write(page, 'One');
  await write(page, 'Two');
  await expect(page.getByText('Waiting for connection')).toHaveCount(2);
  await page.reload();
  await scriptsReady(page);
  await expect(page.getByText('Waiting for connection')).toHaveCount(2);
  await write(page, 'Three');
  await expect(page.getByText('Waiting for connection')).toHaveCount(3);

  await comeBack(page);
  await expect(page.getByText('Waiting for connection')).toHaveCount(0);
  const said = async () => {
    const answer = await ben.page.request.get(`/api/v1/conversations/${id}/messages`);
    const { items } = (await answer.json()) as { items: { content: string }[] };
    return items.map(({ content }) => content).reverse();
  };
  await expect.poll(said).toEqual(['One', 'Two', 'Three']);
  await page.reload();
  await scriptsReady(page);
  await expect(page.getByRole('log').getByText('Three')).toHaveCount(1);
  expect(await said()).toEqual(['One', 'Two', 'Three']);
});

test('messages that wait go out from any page, and are gone at log-out', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await visit(page, '/notifications');
  await isKeeping(page);
  await visit(page, '/notifications');
  await isKept(page, '/notifications/__data.json');
  await visit(page, `/messages/${id}`);
  await isKept(page, `/messages/${id}/__data.json`);
  await goOffline(page);
  await write(page, 'From somewhere else');
  await expect(page.getByText('Waiting for connection')).toHaveCount(1);
  await visitOffline(page, '/notifications');
  await comeBack(page);
  const said = async () =>
    (await ben.page.request.get(`/api/v1/conversations/${id}/messages`)).text();
  await expect.poll(said).toContain('From somewhere else');

  await visit(page, `/messages/${id}`);
  await goOffline(page);
  await write(page, 'Never to be sent');
  await expect(page.getByText('Waiting for connection')).toHaveCount(1);
  const waiting = () => page.evaluate(() => Object.values(localStorage).join());
  expect(await waiting()).toContain('Never to be sent');
  await logOut(page);
  await expect(page.getByText("You're offline, so we couldn't log you out")).toBeVisible();
  await keepsNothing(page);
  expect(await waiting()).not.toContain('Never to be sent');
  await comeBack(page);
  await expect(banner(page)).toHaveCount(0);
  await logOut(page);
  await expect(page).toHaveURL(/\/login/);
  expect(await said()).not.toContain('Never to be sent');
});

test('it can be installed, and its icon and title carry what is new', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  await page.addInitScript(() => {
    const badges: number[] = [];
    Object.assign(window, { badges });
    navigator.setAppBadge = async (count) => void badges.push(count ?? -1);
    navigator.clearAppBadge = async () => void badges.push(0);
  });
  const badge = () =>
    page.evaluate(() => (window as unknown as { badges: number[] }).badges.at(-1));
  await visit(page, '/');
  const manifest = await page.locator('link[rel="manifest"]').getAttribute('href');
  const answer = await page.request.get(manifest!);
  expect(answer.headers()['content-type']).toContain('manifest+json');
  const { name, display, start_url: start, icons } = await answer.json();
  expect({ name, display, start }).toEqual({ name: 'Echomate', display: 'standalone', start: '/' });
  const sizes = icons.map(({ sizes, purpose }: Record<string, string>) => `${sizes} ${purpose}`);
  expect(sizes).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
  const touch = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href');
  for (const { src } of [...icons, { src: touch }])
    expect((await page.request.get(src)).headers()['content-type']).toMatch(/^image\//);

  await expect(page.locator('[data-live]')).toBeAttached();
  const { id } = await talk(ben, ann);
  await say(ben, id, 'Hello');
  // One new follower, one unread conversation.
  await expect(page).toHaveTitle(/^\(2\) /);
  await expect.poll(badge).toBe(2);
  await visit(page, '/notifications');
  await expect(page).toHaveTitle(/^\(1\) /);
  await visit(page, `/messages/${id}`);
  await expect(page).not.toHaveTitle(/^\(/);
  await expect.poll(badge).toBe(0);
});
