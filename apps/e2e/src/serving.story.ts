import { expect, test, type Page } from './support/story.js';
import { freshPlace } from './support/fresh-place.js';
import { endSession, logInAgain } from './support/log-in-again.js';
import { newcomer } from './support/newcomers.js';
import { castMember, logIn, newVisitor, signedInAs, visit } from './support/visits.js';

const composer = (page: Page) => page.getByRole('region', { name: 'Write a post' });
const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

const write = async (page: Page, text: string) => {
  await composer(page).getByLabel('Your post').fill(text);
  await composer(page).getByRole('button', { name: 'Post', exact: true }).click();
};

test('pages and JSON are compressed, unless the address can put words into them', async ({
  browser,
}) => {
  const { page } = await newcomer(browser, 'Cora');
  const encodingOf = async (path: string) => {
    const answer = await page.request.get(path, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(answer.ok()).toBe(true);
    return answer.headers()['content-encoding'];
  };
  for (const path of ['/', '/settings', '/?view=top', '/api/v1/users'])
    expect(await encodingOf(path), path).toBe('br');
  for (const path of ['/people?q=ada', '/?guess=secret', '/dev/mailbox'])
    expect(await encodingOf(path), path).toBeUndefined();
});

test('the first view of a feed loads few scripts', async ({ browser }) => {
  const page = await newVisitor(browser);
  await logIn(page, castMember('Hanna').email);
  await signedInAs(page, 'Hanna');
  const cold = await browser.newContext({ storageState: await page.context().storageState() });
  const first = await cold.newPage();
  // What a page loads a second later, such as its socket, is not part of its first view, however slow the machine is.
  await first.addInitScript(() => {
    const setTimer = window.setTimeout;
    const soonOnly = (run: () => void, ms = 0) => (ms < 1_000 ? setTimer(run, ms) : 0);
    window.setTimeout = soonOnly as typeof window.setTimeout;
  });
  const files = new Set<string>();
  let bytes = 0;
  first.on('response', (answer) => {
    if (!new URL(answer.url()).pathname.startsWith('/_app/') || !answer.url().endsWith('.js'))
      return;
    files.add(answer.url());
    bytes += Number(answer.headers()['content-length']);
  });
  await visit(first, '/');
  await first.waitForLoadState('networkidle');
  await expect(first.getByRole('article')).not.toHaveCount(0);
  expect(files.size).toBeGreaterThan(3);
  expect(files.size, [...files].join(' ')).toBeLessThanOrEqual(25);
  expect(bytes, `${bytes} bytes`).toBeLessThan(90_000);
});

test('times and numbers are in the zone and the language of the reader', async ({ browser }) => {
  const { page: before } = await newcomer(browser, 'Tomas');
  const context = await browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Asia/Tokyo',
    storageState: await before.context().storageState(),
  });
  const page = await context.newPage();
  await visit(page, '/');
  await write(page, 'Guten Morgen');
  const time = article(page, 'Guten Morgen').locator('time').first();
  const iso = await time.getAttribute('datetime');
  const expected = new Intl.DateTimeFormat('de-DE', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(iso!));
  await expect(time).toHaveAttribute('title', expected);

  // The server writes what the scripts would, so nothing changes when they have loaded.
  const html = await (
    await page.request.get('/', { headers: { 'Accept-Language': 'de-DE' } })
  ).text();
  expect(html).toContain(`title="${expected}"`);
  expect(html).toContain('lang="de-DE"');

  // Numbers in sentences likewise, whoever writes them.
  await page.getByLabel('Your post').fill('a'.repeat(6234));
  await expect(page.getByText('1.234 characters too many')).toBeVisible();
  const refused = await page.request.post('/?/post', {
    form: { content: 'a'.repeat(6234), audience: 'public' },
    headers: { 'Accept-Language': 'de-DE', Origin: new URL(page.url()).origin },
  });
  expect(await refused.text()).toContain('Keep this to 5.000 characters.');
});

test('a slow page shows that it is on its way, says so, and can be asked for again', async ({
  browser,
}) => {
  const { page } = await newcomer(browser, 'Sloane');
  await visit(page, '/');
  let isHung = true;
  await page.route(/__data\.json/, async (route) => {
    if (isHung) return;
    await route.continue();
  });
  await page.getByRole('link', { name: 'People' }).first().click();
  await expect(page.getByRole('progressbar', { name: 'Loading the page' })).toBeAttached({
    timeout: 1000,
  });
  await expect(page.getByText('This is taking longer than usual.')).toBeVisible({ timeout: 8000 });
  isHung = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Loading the page' })).toBeHidden();
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('offline, the open page stays and an address shows our page', async ({ browser }) => {
    const { page } = await newcomer(browser, 'Olga');
    await visit(page, '/');
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.context().setOffline(true);
    await composer(page).getByLabel('Your post').fill('Half a sentence');
    await page.getByRole('link', { name: 'Requests' }).first().click();
    await expect(page.getByText("You haven't opened that page before")).toBeVisible();
    await expect(composer(page).getByLabel('Your post')).toHaveValue('Half a sentence');

    await page.goto('/people').catch(() => undefined);
    await expect(page.getByRole('heading', { name: "You're offline" })).toBeVisible();
    await page.context().setOffline(false);
    await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  });
});

test('a session that ended while writing: log in where one is, and go on', async ({ browser }) => {
  const { page, email } = await newcomer(browser, 'Wanda');
  await visit(page, '/');
  await endSession(page);
  await write(page, 'Not lost at all');
  await expect(page.getByText('What you wrote is still here.')).toBeVisible();
  await logInAgain(page, email);
  await expect(article(page, 'Not lost at all')).toBeVisible();

  await article(page, 'Not lost at all')
    .getByRole('link', { name: /^Comment on/ })
    .click();
  const comment = page.getByLabel('Write a comment').first();
  await expect(comment).toBeVisible();
  await endSession(page);
  await comment.fill('A comment as well');
  await comment.press('Control+Enter');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(comment).toHaveValue('A comment as well');
});

test('a form keeps what was typed when the session has ended', async ({ browser }) => {
  const { page, email } = await newcomer(browser, 'Flora');
  await visit(page, '/settings/profile');
  await endSession(page);
  await page.getByLabel('Last name').fill('Changed');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await logInAgain(page, email);
  await expect(page.getByLabel('Last name')).toHaveValue('Changed');
  // The field says so before the answer comes.
  const me = async () => (await page.request.get('/api/v1/users/me')).json();
  await expect.poll(async () => (await me()).lastName).toBe('Changed');
});

test('the first page that a new installation serves is a whole one', async () => {
  const { first, leave } = await freshPlace();
  await leave();
  expect(first).toBe(200);
});
