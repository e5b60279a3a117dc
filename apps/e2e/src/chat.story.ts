import { conversationOf, isLive, message, say, write } from './support/chat.js';
import { newcomer, openProfile } from './support/newcomers.js';
import { follow, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { reload, visit } from './support/visits.js';

const badge = (page: Page) =>
  page.getByRole('link', { name: /^Messages/ }).filter({ visible: true });

test('what one writes the other reads at once, and nobody else; emoji come whole @meeting', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  await follow(ann, ben);
  await openProfile(ann, ben);
  await ann.page.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(ann.page.getByRole('heading', { name: 'Ben Okafor', level: 1 })).toBeVisible();
  await visit(ben.page, '/');
  await visit(cem.page, '/');
  for (const { page } of [ann, ben, cem]) await isLive(page);

  await write(ann.page, 'Hi Ben 👋🏽 👩‍👩‍👧‍👦');
  await expect(message(ann.page, 'Hi Ben 👋🏽 👩‍👩‍👧‍👦')).toBeVisible();
  await expect(ann.page.getByText('Sent', { exact: true })).toBeVisible();
  await expect(badge(ben.page)).toContainText('1');
  await expect(ben.page).toHaveTitle(/^\(2\) /);
  await expect(badge(cem.page)).not.toContainText('1');

  await badge(ben.page).click();
  await ben.page.getByRole('link', { name: /Ann Okafor/ }).click();
  await expect(message(ben.page, 'Hi Ben 👋🏽 👩‍👩‍👧‍👦')).toBeVisible();
  await expect(ann.page.getByText('Read', { exact: true })).toBeVisible();
  await expect(badge(ben.page)).not.toContainText('1');

  await ben.page.getByLabel('Your message').pressSequentially('Hel');
  await expect(ann.page.getByText('Ben is typing…')).toBeVisible();
  await write(ben.page, 'Hello Ann');
  await expect(message(ann.page, 'Hello Ann')).toBeVisible();

  const bens = ben.page.getByRole('listitem').filter({ hasText: 'Hello Ann' });
  await bens.getByRole('button', { name: 'More about this message' }).click();
  await ben.page.getByRole('menuitem', { name: 'Edit' }).click();
  await write(ben.page, 'Hello dear Ann');
  await expect(message(ann.page, 'Hello dear Ann')).toBeVisible();
  const anns = ann.page.getByRole('listitem').filter({ hasText: 'Hello dear Ann' });
  await anns.getByRole('button', { name: 'React' }).click();
  await ann.page.getByRole('button', { name: '❤️', exact: true }).filter({ visible: true }).click();
  await expect(ben.page.getByRole('button', { name: '❤️, 1 reaction' })).toBeVisible();
});

test('a request waits quietly until it is accepted @meeting', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben', 'private')];
  await follow(ann, ben);
  await ben.page.request.post(`/api/v1/follow-requests/${ann.id}/accept`);
  const { id } = await conversationOf(ann, ben);
  await visit(ben.page, '/messages');
  await isLive(ben.page);
  await say(ann, id, 'May I ask something?');
  await ben.page.waitForTimeout(500);
  await expect(badge(ben.page)).not.toContainText('1');
  await visit(ben.page, '/messages');
  await ben.page.getByRole('link', { name: '1 message request' }).click();
  await ben.page.getByRole('link', { name: /Ann Okafor/ }).click();
  await ben.page.getByRole('button', { name: 'Accept' }).click();
  await expect(ben.page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await isLive(ben.page);
  await say(ann, id, 'Thank you!');
  await expect(message(ben.page, 'Thank you!')).toBeVisible();
});

test("a group's chat reaches its members, and whoever is removed hears nothing more @meeting", async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { id } = await send(ann, 'groups', { title: `Bees ${Date.now()}` });
  await ben.page.request.post(`/api/v1/groups/${id}/requests`, { data: {} });
  await ann.page.request.post(`/api/v1/groups/${id}/requests/${ben.id}/accept`);
  for (const { page } of [ann, ben]) {
    await visit(page, `/groups/${id}`);
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await expect(page.getByLabel('Your message')).toBeVisible();
    await isLive(page);
  }
  await write(ann.page, 'Swarm at the school!');
  await expect(message(ben.page, 'Swarm at the school!')).toBeVisible();
  await expect(ann.page.getByText('Seen by Ben', { exact: true })).toBeVisible();
  await ann.page.request.delete(`/api/v1/groups/${id}/members/${ben.id}`);
  await expect(message(ben.page, 'Swarm at the school!')).toHaveCount(0);
  await write(ann.page, 'After');
  await expect(message(ann.page, 'After')).toBeVisible();
  await expect(ben.page.getByText('After')).toHaveCount(0);
});

test('new messages sound when that was turned on, in one tab, and not if the conversation is muted', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ann, ben);
  const first = await conversationOf(ann, ben);
  const context = ben.page.context();
  let tones = 0;
  await context.exposeFunction('toneStarted', () => tones++);
  await context.addInitScript(() => {
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      (window as unknown as { toneStarted: () => void }).toneStarted();
      start.call(this, when);
    };
  });
  await visit(ben.page, '/settings/notifications');
  await isLive(ben.page);
  await say(ann, first.id, 'Quiet');
  await expect(badge(ben.page)).toContainText('1');
  expect(tones).toBe(0);
  await ben.page.request.put(`/api/v1/conversations/${first.id}/read`, {
    data: { messageId: (await say(ann, first.id, 'Still quiet')).id },
  });
  await expect(badge(ben.page)).not.toContainText('1');

  const other = await context.newPage();
  await visit(other, '/settings/notifications');
  await isLive(other);
  await other.getByRole('heading', { level: 1 }).click();
  const sound = ben.page.getByRole('switch', { name: 'Sound for new messages' });
  await sound.check();
  await expect.poll(() => tones).toBe(2);
  await say(ann, first.id, 'Loud');
  for (const page of [ben.page, other]) await expect(badge(page)).toContainText('1');
  await expect.poll(() => tones).toBe(4);

  const cem = await newcomer(browser, 'Cem');
  await follow(cem, ben);
  const muted = await conversationOf(cem, ben);
  await ben.page.request.patch(`/api/v1/conversations/${muted.id}`, { data: { isMuted: true } });
  await say(cem, muted.id, 'Nobody hears this');
  const dana = await newcomer(browser, 'Dana');
  await follow(dana, ben);
  const held = () => navigator.locks.query().then((locks) => locks.held?.length);
  await expect.poll(() => ben.page.evaluate(held)).toBe(0);
  await say(dana, (await conversationOf(dana, ben)).id, 'But this');
  await expect(badge(ben.page)).toContainText('2');
  await expect.poll(() => tones).toBe(6);
  await reload(ben.page);
  await expect(sound).toBeChecked();
});

test('messages are written and read without scripts', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ann, ben);
  const { id } = await conversationOf(ann, ben);
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await plain.newPage();
  await page.goto(`/messages/${id}`);
  await page.getByLabel('Your message').fill('Plainly');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('log').getByText('Plainly')).toBeVisible();
  await visit(ben.page, `/messages/${id}`);
  await expect(message(ben.page, 'Plainly')).toBeVisible();
  await plain.close();
});

test('chat stays open beside the pages, with every emoji, and its messages are found', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ann, ben);
  const { id } = await conversationOf(ann, ben);
  for (let at = 0; at < 40; at++) await say(ben, id, `Message number ${at}`);
  await say(ann, id, 'A cup of Kräutertee at the café?');

  const { page } = ann;
  await visit(page, '/');
  const dock = page.getByRole('region', { name: 'Chat', exact: true });
  // What couldn't be loaded is not said to be empty.
  await page.route('**/api/v1/conversations', (route) => route.abort());
  await dock.getByRole('button', { name: /^Messages/ }).click();
  await expect(dock.getByRole('alert')).toBeVisible();
  await page.unroute('**/api/v1/conversations');
  await dock.getByRole('button', { name: 'Close chat' }).click();
  await dock.getByRole('button', { name: /^Messages/ }).click();
  await dock.getByRole('link', { name: /Ben Okafor/ }).click();
  await expect(dock.getByText('Kräutertee')).toBeVisible();
  await dock.getByLabel('Your message').fill('Yes  please');
  await dock.getByLabel('Your message').press('Home');
  for (let at = 0; at < 4; at++) await dock.getByLabel('Your message').press('ArrowRight');
  await dock.getByRole('button', { name: 'Emoji' }).click();
  await page.getByLabel('Search emoji').fill('tea w');
  await page.getByRole('button', { name: 'teacup without handle' }).click();
  await page.keyboard.press('Escape');
  await expect(dock.getByLabel('Your message')).toHaveValue('Yes 🍵 please');
  await dock.getByLabel('Your message').press('Enter');
  await expect(dock.getByRole('log').getByText('Yes 🍵 please')).toBeVisible();

  // From page to page, and when the page is loaded again.
  await page.getByRole('link', { name: 'People', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  await expect(dock.getByText('Yes 🍵 please')).toBeVisible();
  await reload(page);
  await expect(dock.getByText('Yes 🍵 please')).toBeVisible();
  await dock.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page.getByRole('heading', { name: 'Ben Okafor', level: 1 })).toBeVisible();
  await expect(dock).toBeHidden();

  // As one types, without the accents.
  await page.getByRole('link', { name: 'Search this conversation' }).click();
  await page.getByRole('searchbox', { name: 'Search this conversation' }).fill('krauter');
  await expect(page.locator('mark')).toHaveText('Kräuter');
  await page.getByRole('searchbox', { name: 'Search this conversation' }).fill('number 3');
  await page.getByRole('link', { name: 'Message number 3', exact: false }).last().click();
  await expect(message(page, 'Message number 3').first()).toBeInViewport();
  await expect(page).toHaveURL(/around=/);

  await page.getByRole('link', { name: 'New message' }).click();
  await page.getByRole('searchbox', { name: 'Search by name or @handle' }).fill('Ben');
  await page
    .getByRole('button', { name: /Ben Okafor/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Ben Okafor', level: 1 })).toBeVisible();
});
