import AxeBuilder from '@axe-core/playwright';
import { failingPlace } from './support/failing-place.js';
import { asAdmin } from './support/moderators.js';
import { withoutMotion } from './support/motion.js';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { follow, menu, postWith, publish, visitFeedWith } from './support/posts.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { reload, scriptsReady, visit } from './support/visits.js';

/** Reads a post as any program can. */
const read = ({ page }: Newcomer, id: string) => page.request.get(`/api/v1/posts/${id}`);
const comeBy = ({ page }: Newcomer, { id: personId }: Newcomer) =>
  page.request.post('/api/v1/visits', { data: { personId } });
const readers = async (browser: Browser, ...names: string[]) => {
  const people: Newcomer[] = [];
  for (const name of names) people.push(await newcomer(browser, name));
  return people;
};

/** What was looked at is counted a few seconds later. */
const eventually = (page: Page, text: string | RegExp) =>
  expect(async () => {
    await reload(page);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });

test('somebody sees how far a post and their profile reached, and nobody else does', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const others = await readers(browser, 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn');
  const post = await publish(ann, 'Ripe plums for everyone');
  await visit(ann.page, `/posts/${post.id}`);
  await expect(ann.page.getByRole('link', { name: "Hasn't reached anyone yet" })).toBeVisible();
  await read(others[0]!, post.id);
  await eventually(ann.page, 'Reached fewer than 5 people');
  for (const other of others) {
    await read(other, post.id);
    await comeBy(other, ann);
    await follow(other, ann);
  }
  await eventually(ann.page, 'Reached 5 people');

  await ann.page.getByRole('link', { name: 'Reached 5 people' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Insights for this post' })).toBeVisible();
  await expect(ann.page.getByRole('img', { name: 'Reach' })).toBeVisible();
  await visit(others[0]!.page, `/posts/${post.id}/insights`);
  await expect(others[0]!.page.getByText("There's nothing here")).toBeVisible();

  await openProfile(ann, ann);
  await ann.page.getByRole('main').getByRole('link', { name: 'Insights' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Insights', exact: true })).toBeVisible();
  const card = (name: string) => ann.page.getByRole('region', { name, exact: true }).first();
  await expect(card('Reach')).toContainText(/5\s*people reached/);
  await expect(card('Profile visits')).toContainText(/5\s*visitors/);
  await expect(card('Followers')).toContainText('+5');
  await expect(card('Best times')).toContainText('Your posts reach the most people on');
  await expect(card('Seen by the most people')).toContainText('Ripe plums for everyone');
  await expect(ann.page.locator('main')).not.toContainText('Cleo');

  await card('Reach').getByText('Show as a table').click();
  const rows = card('Reach').getByRole('row');
  await expect(rows).toHaveCount(31);
  await expect(rows.last()).toHaveText(/\w+, \w+ \d+5/);
  await ann.page.getByRole('link', { name: '12 months' }).click();
  await expect(ann.page).toHaveURL(/view=year/);
  await expect(card('Reach')).toContainText(/5\s*people reached/);
  const { violations } = await new AxeBuilder({ page: ann.page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('what the pointer asks for is no visit; what is opened is one', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await publish(ann, 'Quiet plums');
  await follow(ben, ann);
  const told: string[] = [];
  ben.page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/visits')) told.push(request.postData() ?? '');
  });
  await visitFeedWith(ben.page, 'Quiet plums');
  const link = postWith(ben.page, 'Quiet plums').getByRole('link', { name: /^Ann/ }).first();
  await expect(link).toBeVisible();
  const data = ben.page.waitForResponse(/__data\.json/);
  await link.hover();
  await data;
  await ben.page.waitForTimeout(1_500);
  expect(told).toEqual([]);
  await link.click();
  await expect.poll(() => told.join()).toContain(ann.id);
});

test('somebody is not counted any more, and switches their insights off, without scripts too', async ({
  browser,
}) => {
  const [ann, ...others] = await readers(browser, 'Ann', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn');
  const post = await publish(ann!, 'Shy plums');
  const finn = others[4]!;
  await visit(finn.page, '/settings/privacy');
  const counted = finn.page.getByRole('checkbox', {
    name: "Count my visits in other people's insights",
  });
  await expect(counted).toBeChecked();
  await counted.uncheck();
  await finn.page
    .getByRole('region', { name: 'Insights' })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(finn.page.getByText('Saved.').first()).toBeVisible();
  for (const other of others) await read(other, post.id);
  await visit(ann!.page, `/posts/${post.id}`);
  await eventually(ann!.page, 'Reached fewer than 5 people');
  await menu(ann!, 'Shy plums', 'Insights');
  await expect(ann!.page.getByRole('heading', { name: 'Insights for this post' })).toBeVisible();

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann!.page.context().storageState(),
    baseURL: new URL(ann!.page.url()).origin,
  });
  const page = await plain.newPage();
  await page.goto('/insights?view=week');
  await expect(page.getByRole('img', { name: 'Reach' })).toBeVisible();
  await page.getByText('Show as a table: Reach').click();
  await expect(page.getByRole('table', { name: 'Reach' }).getByRole('row')).toHaveCount(8);
  await page.goto('/settings/privacy');
  await page.getByRole('checkbox', { name: 'Keep insights for me' }).uncheck();
  await page
    .getByRole('region', { name: 'Insights' })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goto('/insights');
  await expect(page.getByRole('heading', { name: 'Insights are off' })).toBeVisible();
  await visit(ann!.page, `/posts/${post.id}`);
  await expect(ann!.page.getByText(/^Reached/)).toHaveCount(0);
});

test('where insights fail, the pages say so, stay where they are, and offer another try', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const { id } = await publish(ann, 'Ripe plums for everyone');
  const place = await failingPlace('/api/v1/insights', `/api/v1/posts/${id}/insights`);
  const failed = page.getByRole('main').getByRole('alert');
  const title = (name: string) => page.getByRole('heading', { name, level: 1, exact: true });
  const range = (name: string) =>
    page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name });
  try {
    await page.goto(`${place.url}/posts/${id}/insights`);
    await expect(title('Insights for this post')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Ripe plums for everyone');
    await expect(failed).toContainText("We couldn't get these numbers just now");
    await page.goto(`${place.url}/insights`);
    await scriptsReady(page);
    await expect(failed).toContainText("We couldn't get these numbers just now");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await range('7 days').click();
    await expect(range('7 days')).toHaveAttribute('aria-current', 'page');
    await expect(failed).toBeVisible();
    await expect(title('Insights')).toBeVisible();
    place.mend();
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing to count yet' })).toBeVisible();
    await expect(range('7 days')).toHaveAttribute('aria-current', 'page');
    await expect(failed).toHaveCount(0);
  } finally {
    place.leave();
  }
});

test('an admin sees the numbers of the site, as charts and as tables, and nobody else does', async ({
  browser,
}) => {
  const page = await asAdmin(browser);
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Statistics' }).click();
  await expect(page.getByRole('heading', { name: 'Statistics', level: 1 })).toBeVisible();
  for (const name of ['People here each day', 'People here each week', 'Posts', 'Messages'])
    await expect(page.getByRole('img', { name, exact: true })).toBeVisible();
  await expect(page.getByText(/people have an account/)).toBeVisible();
  const posts = page.getByRole('region', { name: 'Posts' });
  await posts.getByText('Show as a table').click();
  await expect(posts.getByRole('table').getByRole('row')).toHaveCount(31);
  await page.getByRole('link', { name: '12 months' }).click();
  await expect(page).toHaveURL(/view=year$/);
  await expect(page.getByRole('img', { name: 'New accounts' })).toBeVisible();
  await withoutMotion(page);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const place = await failingPlace('/api/v1/admin/statistics');
  try {
    await page.goto(`${place.url}/admin/statistics`);
    await scriptsReady(page);
    const failed = page.getByRole('main').getByRole('alert');
    await expect(failed).toContainText("We couldn't get these numbers just now");
    place.mend();
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('img', { name: 'Posts', exact: true })).toBeVisible();
  } finally {
    place.leave();
  }

  const ann = await newcomer(browser, 'Ann');
  await ann.page.goto('/admin/statistics');
  await expect(ann.page.getByText('people have an account')).toHaveCount(0);
});
