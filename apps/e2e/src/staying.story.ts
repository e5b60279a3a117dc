import { CAST_PASSWORD } from '@echomate/testing/cast';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { composer, follow, menu, postWith, publish, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { visit } from './support/visits.js';

const endSession = async (page: Page) =>
  expect((await page.request.post('/api/v1/auth/logout')).ok()).toBe(true);
const loggedOut = (page: Page) => page.getByRole('dialog', { name: "You've been logged out" });
const logInAgain = async ({ page, email }: Newcomer) => {
  await loggedOut(page).getByLabel('Email', { exact: true }).fill(email);
  await loggedOut(page).getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await loggedOut(page).getByRole('button', { name: 'Log in', exact: true }).click();
};
const comment = (who: Newcomer, postId: string, content: string) =>
  send(who, `posts/${postId}/comments`, { content });
const writeComment = (page: Page) => page.getByLabel('Write a comment');

test('"Not now" holds, whatever the page asks by itself', async ({ browser }) => {
  const { page } = await newcomer(browser, 'Wanda');
  await visit(page, '/');
  await endSession(page);
  await composer(page).getByLabel('Your post').fill('Not yet');
  await composer(page).getByRole('button', { name: 'Post', exact: true }).click();
  await loggedOut(page).getByRole('button', { name: 'Not now' }).click();
  await expect(loggedOut(page)).toHaveCount(0);
  const asked = page.waitForResponse(/\/api\/v1\/frame/);
  // As if somebody came back to the tab.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  expect((await asked).status()).toBe(401);
  await page.waitForTimeout(500);
  await expect(loggedOut(page)).toHaveCount(0);
});

test('a form that goes on after a new log-in is sent once', async ({ browser }) => {
  const flora = await newcomer(browser, 'Flora');
  const { page } = flora;
  await visit(page, '/settings/profile');
  await endSession(page);
  const save = page.getByRole('button', { name: 'Save', exact: true }).first();
  await page.getByLabel('Last name').fill('Changed');
  await save.click();
  let sent = 0;
  await expect(loggedOut(page)).toBeVisible();
  await page.route(/settings\/profile\?\//, async (route) => {
    sent++;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await route.continue();
  });
  await logInAgain(flora);
  await expect(loggedOut(page)).toHaveCount(0);
  await expect.poll(() => sent).toBe(1);
  // At once: while it is under way the button says that it is off, and a click would wait for it.
  await save.dispatchEvent('click');
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(sent).toBe(1);
});

test('a message with Undo can be read and pressed over a dialog, and waits for the pointer', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben', 'private')];
  const { id } = await publish(ann, 'The first honey');
  await follow(ben, ann);
  expect((await ben.page.request.put(`/api/v1/posts/${id}/like`)).ok()).toBe(true);
  const { page } = ann;
  await page.clock.install();
  await visit(page, `/posts/${id}`);
  await page.getByRole('link', { name: '1 like' }).click();
  const sheet = page.getByRole('dialog', { name: 'Who liked this' });
  await sheet.getByRole('button', { name: 'Ask to follow Ben Okafor' }).click();
  const requested = sheet.getByRole('button', { name: /^Requested/ });
  await requested.click();
  const said = page.getByText('You withdrew your request to Ben Okafor.');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(said).toBeVisible();
  await undo.hover();
  await page.clock.fastForward(60_000);
  await expect(said).toBeVisible();
  // It is above everything, and not inert.
  await undo.click();
  await expect(requested).toBeVisible();
  await expect(said).toHaveCount(0);

  // It stays when the dialog goes, and ends by itself.
  await requested.click();
  await expect(said).toHaveCount(1);
  await page.mouse.move(1, 1);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(said).toBeVisible();
  await page.clock.fastForward(30_000);
  await expect(said).toHaveCount(0);
});

test('a page that learns of something by itself stays, though our server fails', async ({
  browser,
}) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { page } = ann;
  await visit(page, '/notifications');
  await expect(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible();
  await page.route(/__data\.json/, (route) => route.abort());
  await follow(ben, ann);
  const list = page.getByRole('region', { name: 'Notifications', exact: true });
  await expect(list.getByText(/Ben Okafor/).first()).toBeVisible();

  // What could not be done isn't said to be done.
  await page.route(/\?\/read/, (route) => route.abort());
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(
    page
      .getByRole('main')
      .getByText(/try again/i)
      .first(),
  ).toBeVisible();
  await expect(page.getByText('Everything is marked as read.')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible();
});

test('a comment that is half written stays when its post is closed and opened again', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const { id } = await publish(ann, 'Kites today');
  await comment(ann, id, 'Bring string');
  await visit(page, '/');
  const post = postWith(page, 'Kites today');
  const press = post.getByRole('link', { name: 'Comment on the post by Ann Okafor' });
  await press.click();
  await expect(writeComment(page)).toBeFocused();
  await writeComment(page).fill('Half a sent');
  await post.getByRole('link', { name: '1 comment' }).click();
  await expect(writeComment(page)).toBeHidden();
  await press.click();
  await expect(writeComment(page)).toHaveValue('Half a sent');
  await press.click();
  await expect(writeComment(page)).toHaveValue('Half a sent');
  await expect(writeComment(page)).toBeFocused();
});

test('the focus stays with what one was doing in comments', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const { id } = await publish(ann, 'Kites today');
  for (const text of ['First', 'Second']) await comment(ann, id, text);
  await visit(page, `/posts/${id}`);
  const [first, second] = ['First', 'Second'].map((text) =>
    page.locator('[data-comment]').filter({ hasText: text }),
  );
  const edit = first!.getByRole('button', { name: 'Edit' });
  await edit.click();
  await page.keyboard.press('Escape');
  await expect(edit).toBeFocused();

  const remove = async () => {
    const question = page.getByRole('dialog');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(question).toHaveCount(0);
  };
  await first!.getByRole('button', { name: 'Delete' }).click();
  await remove();
  await expect(page.getByRole('listitem').filter({ hasText: 'Second' }).last()).toBeFocused();
  await second!.getByRole('button', { name: 'Delete' }).click();
  await remove();
  await expect(writeComment(page)).toBeFocused();
});

test('the focus goes to the next invitation when one has been withdrawn', async ({ browser }) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  const group = await send(ann, 'groups', { title: `Kites ${Date.now()}`, description: 'Wind.' });
  for (const who of [ben, cem]) await follow(ann, who);
  await send(ann, `groups/${group.id}/invitations`, { userIds: [ben.id, cem.id] });
  const { page } = ann;
  await visit(page, `/groups/${group.id}/members`);
  const rows = page
    .getByRole('list', { name: 'Invitations waiting for an answer' })
    .getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await rows
    .first()
    .getByRole('button', { name: /^Withdraw/ })
    .click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toBeFocused();
  await rows.getByRole('button', { name: /^Withdraw/ }).click();
  await expect(rows).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('whom a post is for is shown to its editor before it can be changed', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await follow(ben, ann);
  await send(ann, 'posts', { content: 'Just us', audience: 'chosen', chosenUserIds: [ben.id] });
  const { page } = ann;
  await openProfile(ann, ann);
  let fails = true;
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/api\/v1\/posts\/[^/]+\/audience/, async (route) => {
    if (fails) return route.abort();
    await held;
    await route.continue();
  });
  await menu(ann, 'Just us', 'Edit');
  const dialog = page.getByRole('dialog', { name: 'Edit your post' });
  const chooser = dialog.getByRole('button', { name: /^Visible to:/ });
  await expect(dialog.getByText(/try again/i)).toBeVisible();
  await expect(chooser).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  fails = false;
  await menu(ann, 'Just us', 'Edit');
  await expect(dialog).toBeVisible();
  await expect(chooser).toHaveCount(0);
  answer();
  await expect(chooser).toContainText('1 person');
});

test('people who could not be loaded can be asked for again, and the others stay', async ({
  browser,
}) => {
  const [ann, ben, cem] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cem'),
  ];
  for (const who of [ben, cem]) await follow(who, ann);
  const { page } = ann;
  await visit(page, '/');
  let fails = true;
  // As if the second came with the next page.
  await page.route(/\/users\/[^/]+\/followers/, async (route) => {
    const url = new URL(route.request().url());
    const isNext = url.searchParams.has('cursor');
    if (isNext && fails) return route.abort();
    url.searchParams.delete('cursor');
    const answer = await route.fetch({ url: url.href });
    const { items } = (await answer.json()) as { items: unknown[] };
    const json = isNext
      ? { items: items.slice(1), nextCursor: null }
      : { items: items.slice(0, 1), nextCursor: 'next' };
    await route.fulfill({ response: answer, json });
  });
  await composer(page).getByLabel('Your post').fill('For some');
  await composer(page)
    .getByRole('button', { name: /^Visible to:/ })
    .click();
  const choice = page.getByRole('dialog', { name: 'Who can see this?' });
  await choice.getByText('Chosen followers', { exact: true }).click();
  const boxes = choice.getByRole('checkbox');
  await expect(boxes).toHaveCount(1);
  await choice.getByRole('button', { name: 'Show more' }).click();
  const again = choice.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await expect(boxes).toHaveCount(1);
  fails = false;
  await again.click();
  await expect(boxes).toHaveCount(2);
  await expect(boxes.nth(1)).toBeFocused();
});

test('what is being posted cannot be changed while it is under way', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  await visit(page, '/');
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/api\/v1\/posts$/, async (route) => {
    await held;
    await route.continue();
  });
  const field = composer(page).getByLabel('Your post');
  await field.fill('Kites today');
  await field.press('Control+Enter');
  await expect(field).toHaveJSProperty('readOnly', true);
  answer();
  await expect(postWith(page, 'Kites today')).toBeVisible();
  await expect(field).toHaveJSProperty('readOnly', false);
  await field.fill('And tomorrow');
  await expect(field).toHaveValue('And tomorrow');
});

test('a report can be made though its dialog cannot be loaded', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const { id } = await publish(ann, 'Kites today');
  await comment(ann, id, 'Bring string');
  const { page } = ben;
  await visit(page, `/posts/${id}`);
  await page.route(/\/_app\/immutable\/.*\.js/, (route) => route.abort());
  await page.locator('[data-comment]').getByRole('link', { name: 'Report' }).click();
  await expect(page).toHaveURL(/\/report/);
});
