import AxeBuilder from '@axe-core/playwright';
import { drawScene } from '@echomate/testing/scenery';
import { expect, test, type Browser, type Page } from './support/story.js';
import { failingPlace } from './support/failing-place.js';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { follow, postWith, publish, send } from './support/posts.js';
import { newVisitor, reload, scriptsReady, visit } from './support/visits.js';

const box = (page: Page) => page.getByRole('search', { name: 'Search Echomate' });
const typed = (page: Page) => box(page).getByLabel('Search Echomate');
const field = (page: Page) => page.getByRole('main').getByRole('searchbox');
const options = (page: Page) => page.getByRole('option');
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Kinds of results' }).getByRole('link', { name });
const rows = (page: Page) => page.getByRole('main').getByRole('article');

let words = 0;
/** A word that no other story writes. */
const newWord = () => `quitte${process.pid.toString(36)}${String.fromCharCode(97 + words++)}`;

/** What is written is found a moment later. */
const untilFound = ({ page }: Newcomer, q: string, count = 1) =>
  expect
    .poll(async () => {
      const answer = await page.request.get('/api/v1/search/posts', { params: { q } });
      return ((await answer.json()) as { items: unknown[] }).items.length;
    })
    .toBe(count);

const couple = async (browser: Browser, word: string) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await publish(ann, `Forty jars of ${word} jelly #${word}`);
  await untilFound(ben, word);
  return { ann, ben };
};

const findingsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({
    id,
    at: nodes.map(({ target }) => target.join(' ')),
  }));

test('a slash leads to the box; people, hashtags and posts are found while typing, by keys alone', async ({
  browser,
}) => {
  const word = newWord();
  const { ben } = await couple(browser, word);
  const vera = await newcomer(browser, `V${word}`);
  const { page } = ben;
  await visit(page, '/people');
  await page.keyboard.press('/');
  await expect(typed(page)).toBeFocused();
  await expect(page.getByText('Find people, groups, posts')).toBeVisible();
  await page.keyboard.type(word.slice(0, -1));
  await expect(page.getByRole('group', { name: 'Hashtags' }).getByRole('option')).toHaveText(
    `#${word}`,
  );
  const post = page.getByRole('group', { name: 'Posts' }).getByRole('option');
  await expect(post).toContainText('Ann Okafor');
  await expect(post.locator('mark').first()).toHaveText(word);
  await expect(page.getByText('2 results', { exact: true })).toBeAttached();
  expect(await findingsOf(page)).toEqual([]);

  const list = page.getByRole('listbox', { name: 'Results' });
  await expect(typed(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(post).toHaveAttribute('aria-selected', 'true');
  await expect(typed(page)).toHaveAttribute(
    'aria-activedescendant',
    (await post.getAttribute('id'))!,
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/posts\//);
  await expect(postWith(page, `Forty jars of ${word}`)).toBeVisible();
  await expect(list).toHaveCount(0);
  await expect(typed(page)).toHaveValue('');

  await page.keyboard.press('/');
  await page.keyboard.type(`v${word}`);
  const person = page.getByRole('group', { name: 'People' }).getByRole('option');
  await expect(person).toContainText(`V${word} Okafor`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: vera.firstName, level: 1 })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(options(page).last()).toHaveText(`See all results for “${word}”`);
  await page.keyboard.press('Escape');
  await expect(options(page)).toHaveCount(0);
  await expect(typed(page)).toHaveValue('');
  await page.keyboard.type(word);
  await expect(post).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/search?q=${word}`);
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue(word);
});

test('a late answer never shows below other words', async ({ browser }) => {
  const word = newWord();
  const { ben } = await couple(browser, word);
  const { page } = ben;
  await visit(page, '/');
  let answerFirst = () => {};
  const held = new Promise<void>((resolve) => (answerFirst = resolve));
  const first = (url: URL) =>
    url.pathname === '/api/v1/search' && url.searchParams.get('q') === word;
  await page.route(first, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest((request) => first(new URL(request.url())));
  await typed(page).fill(word);
  await asked;
  await typed(page).fill('nobodywrotethis');
  await expect(page.getByText('Nothing found for “nobodywrotethis”')).toBeVisible();
  const late = page.waitForResponse((response) => first(new URL(response.url())));
  answerFirst();
  await late;
  await expect(page.getByText('Nothing found for “nobodywrotethis”')).toBeVisible();
  await expect(options(page)).toHaveCount(0);
});

test('the page of results has a tab for each kind, and marks what matches', async ({ browser }) => {
  const word = newWord();
  const { ann, ben } = await couple(browser, word);
  const group = await send(ben, 'groups', { title: `The ${word} club` });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await send(ben, `groups/${group.id}/events`, {
    title: `Picking ${word}`,
    start: `${tomorrow}T18:00`,
    zone: 'UTC',
  });
  await follow(ben, ann);
  const { id } = await send(ben, 'conversations', { userId: ann.id });
  await send(ben, `conversations/${id}/messages`, {
    content: `Keep some ${word} for me`,
    clientId: crypto.randomUUID(),
  });
  const post = await publish(ann, `${word} again`);
  const comment = await send(ben, `posts/${post.id}/comments`, {
    content: `What is a ${word}?`,
  });
  await untilFound(ben, word, 3);

  const { page } = ben;
  await visit(page, `/search?q=${word}`);
  for (const name of ['Groups', 'Hashtags', 'Posts', 'Events', 'Messages'])
    await expect(page.getByRole('main').getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'See all: Posts' })).toBeVisible();
  await page.getByRole('link', { name: 'See all: Posts' }).click();
  await expect(tab(page, 'Posts')).toHaveAttribute('aria-current', 'page');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).locator('mark').first()).toHaveText(word);
  await page.getByRole('link', { name: 'Best match' }).click();
  await expect(page).toHaveURL(/sort=best/);
  await expect(rows(page)).toHaveCount(3);

  for (const [name, text] of [
    ['Groups', `The ${word} club`],
    ['Hashtags', `#${word}`],
    ['Events', `Picking ${word}`],
    ['Messages', `Keep some ${word} for me`],
  ] as const) {
    await tab(page, name).click();
    await expect(page.getByRole('main')).toContainText(text);
  }
  await tab(page, 'People').click();
  await expect(page.getByText(`Nothing found for “${word}”`)).toBeVisible();

  await tab(page, 'Posts').click();
  await page.getByRole('link', { name: `What is a ${word}?` }).click();
  await expect(page).toHaveURL(`/posts/${post.id}?comment=${comment.id}#comment-${comment.id}`);
});

test('more posts follow below, each once', async ({ browser }) => {
  const word = newWord();
  const ann = await newcomer(browser, 'Ann');
  for (let at = 0; at < 22; at++) await publish(ann, `${word} number ${at}`);
  await untilFound(ann, word, 20);
  const { page } = ann;
  await visit(page, `/search?q=${word}&tab=posts`);
  await expect(rows(page)).toHaveCount(20);
  await page.getByRole('link', { name: 'Show more' }).click();
  await expect(rows(page)).toHaveCount(22);
  // A cursor of another installation, or cut off: the list begins anew.
  await visit(page, `/search?q=${word}&tab=posts&cursor=broken`);
  await expect(page).toHaveURL(`/search?q=${word}&tab=posts`);
  await expect(rows(page)).toHaveCount(20);
});

test('filters become operators, and operators filters', async ({ browser }) => {
  const word = newWord();
  const { ann, ben } = await couple(browser, word);
  await publish(ben, `No ${word} without photo`);
  const bread = { name: 'bread.jpg', mimeType: 'image/jpeg', buffer: await drawScene('bread') };
  const uploaded = await ben.page.request.post('/api/v1/media', { multipart: { file: bread } });
  const media = (await uploaded.json()) as { id: string };
  await send(ben, 'posts', {
    content: `${word} with photo`,
    audience: 'public',
    mediaIds: [media.id],
  });
  await untilFound(ann, word, 3);
  await untilFound(ann, `has:image ${word}`);

  const { page } = ann;
  await visit(page, `/search?q=${word}&tab=posts`);
  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Written by').fill('me');
  await page.getByRole('button', { name: 'Apply filters' }).click();
  await expect(page).toHaveURL(`/search?q=from%3Ame+${word}&tab=posts`);
  await expect(field(page)).toHaveValue(`from:me ${word}`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('Forty jars');

  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Written by').fill('');
  await page.getByLabel('Only with photos').check();
  await page.getByLabel('From this day').fill('2020-02-29');
  await page.getByRole('button', { name: 'Apply filters' }).click();
  await expect(field(page)).toHaveValue(`after:2020-02-29 has:image ${word}`);
  await expect(rows(page)).toHaveText([/with photo/]);
  await page.getByRole('link', { name: 'Remove filter: With photos' }).click();
  await expect(field(page)).toHaveValue(`after:2020-02-29 ${word}`);
  await expect(rows(page)).toHaveCount(3);

  await field(page).fill(`before:2020-02-29 ${word}`);
  await expect(page.getByText('Try fewer filters')).toBeVisible();
  await page.getByRole('link', { name: 'Search without filters' }).click();
  await expect(field(page)).toHaveValue(word);
  await expect(rows(page)).toHaveCount(3);
});

test('what is hidden is found by nobody it is hidden from', async ({ browser }) => {
  const word = newWord();
  const { ann, ben } = await couple(browser, word);
  const cem = await newcomer(browser, 'Cem');
  await follow(cem, ann);
  await publish(ann, `${word} for followers #${word}hidden`, 'followers');
  await untilFound(cem, word, 2);
  for (const { page, count } of [
    { page: ben.page, count: 1 },
    { page: cem.page, count: 2 },
  ]) {
    await visit(page, `/search?q=${word}&tab=posts`);
    await expect(rows(page)).toHaveCount(count);
    await typed(page).fill(word);
    await expect(page.getByRole('group', { name: 'Posts' }).getByRole('option')).toHaveCount(count);
    await expect(page.getByRole('group', { name: 'Hashtags' }).getByRole('option')).toHaveCount(
      count,
    );
  }
});

test('recent searches stay in this browser, can be erased, and go with the log-out', async ({
  browser,
}) => {
  const { page } = await newcomer(browser, 'Rhea');
  await visit(page, '/');
  for (const q of ['first thing', 'second thing', 'third thing']) {
    await typed(page).fill(q);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/search?q=${q.replace(' ', '+')}`);
  }
  await visit(page, '/people');
  await page.keyboard.press('/');
  await expect(options(page)).toHaveText(['third thing', 'second thing', 'first thing']);
  expect(await findingsOf(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(options(page)).toHaveText(['second thing', 'first thing']);
  await page.keyboard.press('Escape');

  await visit(page, '/search');
  await page.getByRole('button', { name: 'Remove “second thing”' }).click();
  await expect(page.getByRole('link', { name: 'second thing' })).toHaveCount(0);
  await reload(page);
  await expect(page.getByRole('link', { name: 'first thing' })).toBeVisible();
  await page.getByRole('link', { name: 'first thing' }).click();
  await expect(field(page)).toHaveValue('first thing');

  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('searches')).length);
  expect(await kept()).toBe(1);
  await page.getByRole('button', { name: 'Log out' }).last().click();
  await expect(page).toHaveURL(/\/(login|welcome)?$/);
  expect(await kept()).toBe(0);
});

test('all recent searches are erased at once', async ({ browser }) => {
  const { page } = await newcomer(browser, 'Enno');
  await visit(page, '/search');
  await field(page).fill('only thing');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing found for “only thing”')).toBeVisible();
  await visit(page, '/');
  await page.keyboard.press('/');
  await expect(options(page)).toHaveText(['only thing']);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(options(page)).toHaveCount(0);
  await visit(page, '/search');
  await expect(page.getByRole('heading', { name: 'Search tips' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Recent searches' })).toHaveCount(0);
});

test('on a phone an icon leads to the search, and nothing is pushed aside', async ({ browser }) => {
  const word = newWord();
  const { ben } = await couple(browser, word);
  const { page } = ben;
  for (const width of [360, 375, 390, 412]) {
    await page.setViewportSize({ width, height: 780 });
    await visit(page, '/');
    const reach = await page
      .getByRole('button', { name: 'Log out' })
      .first()
      .evaluate((button) => button.getBoundingClientRect().right);
    expect(reach, `${width} px`).toBeLessThanOrEqual(width);
  }
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially(word);
  await expect(page.getByRole('heading', { name: 'Posts' })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await tab(page, 'Messages').click();
  await expect(tab(page, 'Messages')).toBeInViewport({ ratio: 1 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0);
  await visit(page, '/people');
  await page.keyboard.press('/');
  await expect(page).toHaveURL('/search');
  await expect(field(page)).toBeFocused();
});

test('without scripts the box, the tabs and the filters work', async ({ browser }) => {
  const word = newWord();
  const { ann } = await couple(browser, word);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/');
  await typed(page).fill(word);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/search?q=${word}`);
  await expect(page.getByRole('main')).toContainText('Forty jars');
  await tab(page, 'Posts').click();
  await page.getByText('Filters', { exact: true }).click();
  await page.getByLabel('Written by').fill('me');
  await page.getByRole('button', { name: 'Apply filters' }).click();
  await expect(field(page)).toHaveValue(`from:me ${word}`);
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole('link').click();
  await expect(page).toHaveURL(/\/posts\//);
});

test('when the search fails, the box and the page say so and offer another try', async ({
  browser,
}) => {
  const word = newWord();
  const { ben } = await couple(browser, word);
  const { page } = ben;
  await visit(page, '/');
  let isFailing = true;
  await page.route('**/api/v1/search?*', (route) =>
    isFailing ? route.fulfill({ status: 503 }) : route.continue(),
  );
  await typed(page).fill(word);
  await expect(box(page).getByRole('alert')).toBeVisible();
  isFailing = false;
  await box(page).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('group', { name: 'Posts' }).getByRole('option')).toBeVisible();

  const place = await failingPlace('/api/v1/search/posts');
  try {
    await page.goto(`${place.url}/search?q=${word}&tab=posts`);
    await expect(page.getByRole('heading', { name: "We couldn't search just now" })).toBeVisible();
    await expect(field(page)).toHaveValue(word);
    await expect(page.getByRole('link', { name: 'Try again' })).toBeVisible();
    await tab(page, 'All').click();
    await expect(page.getByRole('main')).toContainText('Forty jars');
  } finally {
    place.leave();
  }
});

test('who is not signed in logs in first; too long a search says so in place', async ({
  browser,
}) => {
  const visitor = await newVisitor(browser);
  await visitor.goto('/search?q=honey&tab=posts');
  await expect(visitor).toHaveURL(/\/login\?next=%2Fsearch%3Fq%3Dhoney%26tab%3Dposts/);

  const { page } = await newcomer(browser, 'Lola');
  await page.goto(`/search?q=${'a'.repeat(201)}`);
  await scriptsReady(page);
  await expect(page.getByText('Keep this to 200 characters.')).toBeVisible();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page)).toHaveValue('a'.repeat(201));
});
