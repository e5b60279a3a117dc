import { randomUUID } from 'node:crypto';
import { conversationOf, isLive, message, say, write } from './support/chat.js';
import { endSession, logInAgain } from './support/log-in-again.js';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { describePicture, follow, publish, send } from './support/posts.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { reload, visit } from './support/visits.js';

const PHOTO = {
  name: 'bees.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

const two = async (browser: Browser) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ann, ben);
  return { ann, ben, page: ann.page, id: (await conversationOf(ann, ben)).id };
};

const field = (page: Page) => page.getByLabel('Your message');
const dockOf = (page: Page) => page.getByRole('region', { name: 'Chat', exact: true });
const saidIn = async ({ page }: Newcomer, id: string) => {
  const answer = await page.request.get(`/api/v1/conversations/${id}/messages`);
  const { items } = (await answer.json()) as { items: { content: string }[] };
  return items.map(({ content }) => content).reverse();
};
const pick = async (page: Page, text: string, item: string) => {
  const one = page.getByRole('listitem').filter({ hasText: text });
  await one.hover();
  await one.getByRole('button', { name: 'More about this message' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const kept = (page: Page) => page.evaluate(() => Object.values(localStorage).join());

test('what is being typed in the dock outlives what happens around it, and Escape closes one thing', async ({
  browser,
}) => {
  const { ann, ben, page, id } = await two(browser);
  await say(ben, id, 'Have you seen this?');
  await visit(page, '/people');
  await isLive(page);
  const dock = dockOf(page);
  await dock.getByRole('button', { name: /^Messages/ }).click();
  await expect(dock.getByRole('heading', { name: 'Messages' })).toBeFocused();
  await dock.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('Half a sent');
  const asked = page.waitForResponse((answer) => answer.url().endsWith(`/conversations/${id}`));
  await follow(ben, ann);
  await asked;
  await page.keyboard.type('ence');
  await expect(field(page)).toHaveValue('Half a sentence');

  await pick(page, 'Have you seen this?', 'Report');
  const report = page.getByRole('dialog', { name: /Report/ });
  await expect(report).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(report).toBeHidden();
  await expect(field(page)).toHaveValue('Half a sentence');

  await dock.getByRole('button', { name: 'Back to messages' }).click();
  await expect(dock.getByRole('heading', { name: 'Messages' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dock.getByRole('button', { name: /^Messages/ })).toBeFocused();
  await reload(page);
  await dock.getByRole('button', { name: /^Messages/ }).click();
  await dock.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(field(page)).toHaveValue('Half a sentence');
  await field(page).press('Enter');
  await expect.poll(() => saidIn(ben, id)).toContain('Half a sentence');
  await expect(field(page)).toHaveValue('');
});

test('the dock shows what was chosen last, whichever answer comes last', async ({ browser }) => {
  const { ann, ben, page, id } = await two(browser);
  const cem = await newcomer(browser, 'Cem');
  await follow(ann, cem);
  const other = await conversationOf(ann, cem);
  await say(ben, id, 'From Ben');
  await say(cem, other.id, 'From Cem');
  await visit(page, '/people');
  const dock = dockOf(page);
  await dock.getByRole('button', { name: /^Messages/ }).click();
  let answer = () => {};
  const late = new Promise<void>((resolve) => (answer = resolve));
  await page.route(`**/conversations/${id}`, async (route) => {
    await late;
    await route.continue();
  });
  await dock.getByRole('link', { name: /Ben Okafor/ }).click();
  await dock.getByRole('link', { name: /Cem Okafor/ }).click();
  await expect(message(page, 'From Cem')).toBeVisible();
  const arrived = page.waitForResponse((one) => one.url().endsWith(`/conversations/${id}`));
  answer();
  await arrived;
  await page.waitForTimeout(300);
  await expect(message(page, 'From Cem')).toBeVisible();
});

test('an edit, a jump to an old message and a reload leave what is not sent; logging out does not', async ({
  browser,
}) => {
  const { ann, ben, page, id } = await two(browser);
  const first = await say(ben, id, 'The very first');
  for (let at = 0; at < 40; at++) await say(ben, id, `Between ${at}`);
  await say(ann, id, 'Mine, with a typo');
  const reply = { content: 'As I said', replyToId: first.id, clientId: randomUUID() };
  await send(ben, `conversations/${id}/messages`, reply);
  await visit(page, `/messages/${id}`);
  await field(page).fill('Not sent yet');
  await pick(page, 'Mine, with a typo', 'Edit');
  await expect(field(page)).toHaveValue('Mine, with a typo');
  await field(page).press('Escape');
  await expect(field(page)).toHaveValue('Not sent yet');
  await pick(page, 'Mine, with a typo', 'Edit');
  await write(page, 'Mine, without');
  await expect(message(page, 'Mine, without')).toBeVisible();
  await expect(field(page)).toHaveValue('Not sent yet');

  await page.getByRole('button', { name: /The very first/ }).click();
  await expect(page).toHaveURL(/around=/);
  await expect(message(page, 'The very first').first()).toBeInViewport();
  await expect(field(page)).toHaveValue('Not sent yet');
  await reload(page);
  await expect(field(page)).toHaveValue('Not sent yet');
  await visit(page, '/people');
  expect(await kept(page)).toContain('Not sent yet');
  await page.getByRole('button', { name: 'Log out' }).filter({ visible: true }).click();
  await expect(page).toHaveURL(/\/login/);
  expect(await kept(page)).not.toContain('Not sent yet');
});

test('without a connection nothing leads away from what is typed', async ({ browser }) => {
  const { page, id } = await two(browser);
  await visit(page, `/messages/${id}`);
  await field(page).fill('Still here');
  await page.context().setOffline(true);
  const away = page.getByText("We can't reach the server right now.");
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(away).toBeVisible();
  await expect(field(page)).toHaveValue('Still here');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible();
  await expect(field(page)).toHaveValue('Still here');

  await visit(page, '/settings/notifications');
  const one = page.getByRole('checkbox').first();
  await page.context().setOffline(true);
  await one.click();
  await expect(away).toBeVisible();
  await expect(one).toBeChecked();
  await expect(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible();
});

test('a description that is not saved stops the message; a second Enter sends nothing twice', async ({
  browser,
}) => {
  const { ben, page, id } = await two(browser);
  await visit(page, `/messages/${id}`);
  await page.route('**/api/v1/media/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  await page.locator('input[type=file]').setInputFiles(PHOTO);
  await describePicture(page.locator('main'), 'A swarm');
  await write(page, 'Look');
  await expect(page.getByText("A description couldn't be saved. Please try again.")).toBeVisible();
  await expect(field(page)).toHaveValue('Look');
  expect(await saidIn(ben, id)).toEqual([]);

  await page.unroute('**/api/v1/media/*');
  await page.route('**/api/v1/media/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await field(page).press('Enter');
  await field(page).press('Enter');
  await field(page).press('End');
  await field(page).pressSequentially('. And more');
  await expect(message(page, 'Look')).toBeVisible();
  await expect(field(page)).toHaveValue('. And more');
  await page.waitForTimeout(500);
  expect(await saidIn(ben, id)).toEqual(['Look']);
});

test('what is typed while a comment is being sent stays', async ({ browser }) => {
  const { ben, page } = await two(browser);
  const { id } = await publish(ben, 'Say something');
  await visit(page, `/posts/${id}`);
  await page.route('**/api/v1/posts/*/comments', async (route) => {
    if (route.request().method() === 'POST') await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  const comment = page.getByLabel('Write a comment');
  await comment.fill('First');
  await comment.press('Control+Enter');
  await comment.pressSequentially(' second');
  await expect(page.getByRole('main').getByText('First', { exact: true })).toBeVisible();
  await expect(comment).toHaveValue('second');
});

test('far behind, a conversation loads no more by itself and leads to the newest', async ({
  browser,
}) => {
  const { ben, page, id } = await two(browser);
  const first = await say(ben, id, 'Long ago');
  for (let portion = 0; portion < 34; portion++)
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => say(ben, id, `Later ${portion * 10 + at}`)),
    );
  await say(ben, id, 'Just now');
  await visit(page, `/messages/${id}?around=${first.id}`);
  await isLive(page);
  const newest = page.getByRole('log').getByRole('button', { name: 'To the newest messages' });
  await expect(newest).toBeAttached();
  await expect(message(page, 'Just now')).toHaveCount(0);
  await say(ben, id, 'Right now');
  await page.waitForTimeout(300);
  await expect(message(page, 'Right now')).toHaveCount(0);
  await newest.click();
  await expect(message(page, 'Right now')).toBeInViewport();
  await expect(message(page, 'Long ago')).toHaveCount(0);
  await say(ben, id, 'And this');
  await expect(message(page, 'And this')).toBeVisible();
});

test('a page is live again after logging in again, and when its script came late', async ({
  browser,
}) => {
  const { ann, ben, page, id } = await two(browser);
  await visit(page, `/messages/${id}`);
  await isLive(page);
  await endSession(page);
  await expect(page.locator('[data-live]')).toHaveCount(0);
  await write(page, 'Do you hear me?');
  await logInAgain(page, ann.email);
  await isLive(page);
  await say(ben, id, 'Loud and clear');
  await expect(message(page, 'Loud and clear')).toBeVisible();

  await visit(page, '/people');
  await page.context().setOffline(true);
  await page.waitForTimeout(2_500);
  await expect(page.locator('[data-live]')).toHaveCount(0);
  await page.context().setOffline(false);
  await isLive(page);
});

test('what cannot be loaded says so', async ({ browser }) => {
  const { ben, page, id } = await two(browser);
  await say(ben, id, 'Hello');
  await visit(page, `/messages/${id}`);
  await isLive(page);
  await page.context().route('**/_app/immutable/**', (route) => route.abort());
  const said = page.getByText(
    "This couldn't be opened. Please check your connection and try again.",
  );
  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(said).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.context().unroute('**/_app/immutable/**');
});

test("without scripts, the chat of a group stays on the group's page", async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const group = await send(ann, 'groups', { title: `Bees ${Date.now()}` });
  const answer = await ann.page.request.get(`/api/v1/groups/${group.id}/conversation`);
  const { id } = (await answer.json()) as { id: string };
  for (let at = 0; at < 35; at++) await say(ann, id, `Number ${at}.`);
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await plain.newPage();
  await page.goto(`/groups/${group.id}/chat`);
  await page.getByRole('link', { name: 'Earlier messages' }).click();
  await expect(message(page, 'Number 1.')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/groups/${group.id}/chat`));
  await field(page).fill('Plainly');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(message(page, 'Plainly')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/groups/${group.id}/chat`));
  await plain.close();
});
