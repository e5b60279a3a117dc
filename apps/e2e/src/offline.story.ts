import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { CAST_PASSWORD } from '@echomate/testing/cast';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { follow, postWith, publish, send, visitFeedWith } from './support/posts.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { newVisitor, reload, scriptsReady, visit } from './support/visits.js';

test.use({ serviceWorkers: 'allow' });

const banner = (page: Page) => page.getByText("You're offline. Pages you've opened still work.");
const offlinePage = (page: Page) => page.getByRole('heading', { name: "You're offline" });
const waiting = (page: Page) => page.getByText('Waiting for connection');
const message = (page: Page, text: string) => page.getByRole('log').getByText(text);
const entry = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name, exact: true }).filter({ visible: true }).first();

/** Its service worker answers for this page from now on. A page asks for it once it has settled. */
const keepFrom = async (page: Page) => {
  await page.evaluate(
    async () => void (await navigator.serviceWorker.register('/service-worker.js')),
  );
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
};

/** What this browser keeps of somebody: path → text. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => !name.startsWith('echomate-shell-'));
    const found: Record<string, string> = {};
    for (const name of names) {
      const cache = await caches.open(name);
      for (const key of await cache.keys())
        found[new URL(key.url).pathname] = await (await cache.match(key))!.text();
    }
    return found;
  });

const isKept = (page: Page, path: string, text = '') =>
  expect
    .poll(async () => (await kept(page))[`${path.replace(/\/$/, '')}/__data.json`], {
      message: path,
    })
    .toContain(text);

const keepsNothing = (page: Page) => expect.poll(() => kept(page)).toEqual({});

const goOffline = async (page: Page) => {
  await page.context().setOffline(true);
  await expect(banner(page)).toBeVisible();
};
const comeBack = async (page: Page) => {
  await page.context().setOffline(false);
  await expect(banner(page)).toHaveCount(0);
};

/** Without a line, from what is kept or as our page that says so. */
const openOffline = (page: Page, path: string) => page.goto(path).catch(() => undefined);

/** Somebody who follows somebody with a post, and has it in the kept feed. */
const readerOf = async (reader: Newcomer, author: Newcomer, text: string) => {
  await follow(reader, author);
  const post = await publish(author, text);
  await visitFeedWith(reader.page, text);
  await keepFrom(reader.page);
  await visit(reader.page, '/');
  await isKept(reader.page, '/', text);
  return post;
};

const two = async (browser: Browser): Promise<[Newcomer, Newcomer]> => {
  const [ann, ben] = await Promise.all([newcomer(browser, 'Ann'), newcomer(browser, 'Ben')]);
  return [ann, ben];
};

/** By another program than the pages of this browser, which hear nothing of it. */
const logInAs = async (page: Page, { email }: Newcomer) =>
  expect(
    (
      await page.request.post('/api/v1/auth/login', { data: { email, password: CAST_PASSWORD } })
    ).ok(),
  ).toBe(true);

const talk = async (one: Newcomer, other: Newcomer) => {
  await follow(one, other);
  return send(one, 'conversations', { userId: other.id });
};

const say = (who: Newcomer, id: string, content: string) =>
  send(who, `conversations/${id}/messages`, { content, clientId: randomUUID() });

const said = async (who: Newcomer, id: string) => {
  const answer = await who.page.request.get(`/api/v1/conversations/${id}/messages`);
  const { items } = (await answer.json()) as { items: { content: string }[] };
  return items.map(({ content }) => content).reverse();
};

const write = async (page: Page, text: string) => {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
  await expect(message(page, text)).toBeVisible();
};

const isSound = async (page: Page, width: number, colorScheme: 'light' | 'dark') => {
  await page.setViewportSize({ width, height: 844 });
  await page.emulateMedia({ colorScheme });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const overflow = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow)).toBe(0);
};

test('what was opened stays readable offline, with what was said since; the rest needs a connection', async ({
  browser,
}) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await say(ben, id, 'See you at the river');
  await visit(page, '/notifications');
  await keepFrom(page);
  // By links, as people go.
  await entry(page, /^Messages/).click();
  await page.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(message(page, 'See you at the river')).toBeVisible();
  await isKept(page, `/messages/${id}`, 'See you at the river');
  await expect(page.locator('[data-live]')).toBeAttached();
  await say(ben, id, 'Bring a towel');
  await expect(message(page, 'Bring a towel')).toBeVisible();
  await entry(page, 'Requests').click();
  await isKept(page, '/messages', 'See you at the river');
  await isKept(page, `/messages/${id}`, 'Bring a towel');
  await isKept(page, '/requests');
  const before = await page.getByRole('main').boundingBox();

  await goOffline(page);
  expect(await page.getByRole('main').boundingBox()).toEqual(before);
  await entry(page, /^Messages/).click();
  await page.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(message(page, 'Bring a towel')).toBeVisible();
  await page.reload();
  await expect(message(page, 'See you at the river')).toBeVisible();
  await expect(banner(page)).toBeVisible();
  // A page that was never opened leaves the open one as it is.
  await scriptsReady(page);
  await entry(page, 'Groups').click();
  await expect(page.getByText("You haven't opened that page before")).toBeVisible();
  await expect(message(page, 'Bring a towel')).toBeVisible();
  await openOffline(page, '/groups');
  await expect(offlinePage(page)).toBeVisible();
  await isSound(page, 390, 'dark');

  await page.context().setOffline(false);
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible();
});

test('online, what is shown and kept is what the server says', async ({ browser }) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  const { id } = await readerOf(ann, ben, 'First words');
  const change = async (data: object) =>
    expect((await ben.page.request.patch(`/api/v1/posts/${id}`, { data })).ok()).toBe(true);
  await change({ content: 'Second words' });
  await visit(page, '/');
  await expect(postWith(page, 'Second words')).toBeVisible();
  await expect(page.getByText('First words')).toHaveCount(0);
  await visit(page, `/posts/${id}`);
  await isKept(page, `/posts/${id}`, 'Second words');
  await isKept(page, '/', 'Second words');

  await goOffline(page);
  await openOffline(page, '/');
  await expect(postWith(page, 'Second words')).toBeVisible();
  await change({ audience: 'me' });
  await comeBack(page);
  await expect(postWith(page, 'Second words')).toHaveCount(0);
  await expect.poll(async () => (await kept(page))['/__data.json']).not.toContain('Second words');
  await page.goto(`/posts/${id}`);
  await expect.poll(async () => Object.keys(await kept(page)).join()).not.toContain(id);
});

test('whoever comes after sees nothing of what was kept', async ({ browser }) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  await readerOf(ann, ben, 'For those who follow me');
  await page.getByRole('button', { name: 'Log out' }).filter({ visible: true }).click();
  await expect(page).toHaveURL(/\/login/);
  await keepsNothing(page);
  await page.context().setOffline(true);
  for (const path of ['/', '/notifications']) {
    await openOffline(page, path);
    await expect(offlinePage(page)).toBeVisible();
  }
  await page.context().setOffline(false);
  await expect(page).toHaveURL(/\/login/);

  // Another signs in while the pages of the first are kept.
  await logInAs(page, ann);
  await visit(page, '/');
  await isKept(page, '/', 'For those who follow me');
  await logInAs(page, ben);
  await page.goto('/notifications');
  await isKept(page, '/notifications');
  expect(Object.keys(await kept(page)).sort()).not.toContain('/__data.json');
  await goOffline(page);
  await openOffline(page, '/');
  await expect(offlinePage(page)).toBeVisible();
});

test('nothing stays of a session that was ended elsewhere, nor of one that has run out', async ({
  browser,
}) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  await readerOf(ann, ben, 'Kept for a while');
  await expect(page.locator('[data-live]')).toBeAttached();
  // By its socket, while nobody touches the page.
  const elsewhere = await newVisitor(browser);
  await logInAs(elsewhere, ann);
  expect((await elsewhere.request.delete('/api/v1/auth/sessions')).ok()).toBe(true);
  await keepsNothing(page);

  // By an answer.
  await logInAs(page, ann);
  await visit(page, '/');
  await isKept(page, '/', 'Kept for a while');
  await page.context().clearCookies();
  await page.goto('/notifications');
  await expect(page).toHaveURL(/\/login/);
  await keepsNothing(page);
});

test('messages written offline wait, survive a reload, and go out once and in order', async ({
  browser,
}) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await say(ben, id, 'Zero');
  await visit(page, '/notifications');
  await keepFrom(page);
  await entry(page, /^Messages/).click();
  await page.getByRole('link', { name: /Ben Okafor/ }).click();
  await isKept(page, `/messages/${id}`);
  await entry(page, 'Requests').click();
  await isKept(page, '/requests');
  await page.goBack();

  await goOffline(page);
  for (const text of ['One', 'Too much', 'Two']) await write(page, text);
  await expect(waiting(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Delete', exact: true }).nth(1).click();
  await expect(message(page, 'Too much')).toHaveCount(0);
  await page.reload();
  await expect(waiting(page)).toHaveCount(2);
  await scriptsReady(page);
  await write(page, 'Three');
  await expect(waiting(page)).toHaveCount(3);
  await isSound(page, 390, 'light');
  await isSound(page, 1280, 'dark');
  // They go out from whichever page is open.
  await openOffline(page, '/requests');
  await comeBack(page);
  await expect.poll(() => said(ben, id)).toEqual(['Zero', 'One', 'Two', 'Three']);
  await visit(page, `/messages/${id}`);
  await expect(message(page, 'Three')).toHaveCount(1);
  await expect(waiting(page)).toHaveCount(0);
  expect(await said(ben, id)).toEqual(['Zero', 'One', 'Two', 'Three']);
});

test('a message that is refused stays with its writer; what is unsent goes at log-out, which asks', async ({
  browser,
}) => {
  const [ann, ben] = await two(browser);
  const { page } = ann;
  const { id } = await talk(ann, ben);
  await visit(page, `/messages/${id}`);
  await keepFrom(page);
  const block = async (method: 'put' | 'delete') =>
    expect((await ben.page.request[method](`/api/v1/users/me/blocks/${ann.id}`)).ok()).toBe(true);
  await goOffline(page);
  await write(page, 'Still there?');
  await block('put');
  await comeBack(page);
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await page.reload();
  await expect(again).toBeVisible();
  await block('delete');
  await follow(ann, ben);
  await reload(page);
  await again.click();
  await expect.poll(() => said(ben, id)).toEqual(['Still there?']);

  await goOffline(page);
  await write(page, 'Never to be sent');
  const written = () => page.evaluate(() => Object.values(localStorage).join());
  expect(await written()).toContain('Never to be sent');
  const logOut = page.getByRole('button', { name: 'Log out' }).filter({ visible: true });
  const question = page.getByRole('dialog', { name: 'Log out without sending?' });
  await logOut.click();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(message(page, 'Never to be sent')).toBeVisible();
  await logOut.click();
  await question.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByText("You're offline, so we couldn't log you out")).toBeVisible();
  expect(await written()).not.toContain('Never to be sent');
  await comeBack(page);
  await logOut.click();
  await expect(page).toHaveURL(/\/login/);
  expect(await said(ben, id)).toEqual(['Still there?']);
});

test('it can be installed, and its icon and title carry what is new', async ({ browser }) => {
  const [ann, ben] = await two(browser);
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
  const devtools = await page.context().newCDPSession(page);
  const manifest = await devtools.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const { name, display, start_url: start, icons } = JSON.parse(manifest.data!);
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
