import AxeBuilder from '@axe-core/playwright';
import { asAdmin, CASES, decided } from './support/moderators.js';
import { newcomer } from './support/newcomers.js';
import { menu, publish } from './support/posts.js';
import { expect, test } from './support/story.js';
import { logIn, signedInAs, visit } from './support/visits.js';

test('somebody reports a post, a moderator removes it, both are told, and a member finds no queue', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const ben = await newcomer(browser, 'Ben');
  const post = await publish(ben, 'Cheap watches, only today');
  await visit(ann.page, `/posts/${post.id}`);
  await menu(ann, 'Cheap watches', 'Report');
  const dialog = ann.page.getByRole('dialog', { name: 'Report this post' });
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByRole('radio', { name: 'Spam or a scam' }).check();
  await dialog.getByRole('textbox').fill('The same every day.');
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(ann.page.getByText('The moderators will look at it')).toBeVisible();
  await expect(dialog).toBeHidden();

  await visit(ben.page, '/moderation');
  await expect(ben.page.locator('main')).toContainText("Your role doesn't allow this");
  await expect(ben.page.locator('main')).not.toContainText('Cheap watches');

  const mod = await asAdmin(browser);
  await visit(mod, '/');
  await mod
    .getByRole('navigation', { name: 'Main' })
    .first()
    .getByRole('link', { name: 'Moderation' })
    .click();
  const main = mod.locator('main');
  await main.getByRole('link').filter({ hasText: 'Cheap watches' }).last().click();
  await expect(main.getByText('The same every day.')).toBeVisible();
  await expect(main).not.toContainText('Ann Okafor');
  await main.getByRole('button', { name: 'Take this on' }).click();
  await main.getByRole('radio', { name: 'Remove' }).check();
  expect((await new AxeBuilder({ page: mod }).include('main').analyze()).violations).toEqual([]);
  await main.getByRole('combobox', { name: 'Which rule was broken?' }).selectOption('spam');
  await main.getByRole('textbox').fill('No adverts here, please.');
  await main.getByRole('button', { name: 'Remove' }).click();
  await expect(mod).toHaveURL(/\/moderation$/);

  await visit(ann.page, `/posts/${post.id}`);
  await expect(ann.page.locator('main')).not.toContainText('Cheap watches');

  const told = ben.page.locator('main').getByRole('link', { name: /removed something of yours/ });
  await expect(async () => {
    await visit(ben.page, '/notifications');
    await expect(told).toBeVisible({ timeout: 1000 });
  }).toPass();
  await told.click();
  await expect(ben.page.locator('main')).toContainText('No adverts here, please.');
  await expect(ben.page.locator('main')).not.toContainText('Ann');
  await visit(ann.page, '/notifications');
  await expect(ann.page.locator('main')).toContainText('Moderators acted on what you reported');
});

test('what was removed is put back', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const ben = await newcomer(browser, 'Ben');
  const post = await publish(ben, 'Bee sheds are for sale');
  const mod = await asAdmin(browser);
  await decided(mod, ann, post, 'Bee sheds', {
    decision: 'remove',
    reason: 'other',
    words: 'Not for sale here.',
  });
  expect((await ann.page.request.get(`/api/v1/posts/${post.id}`)).status()).toBe(404);

  await visit(mod, '/moderation?state=decided');
  const main = mod.locator('main');
  await main.getByRole('link').filter({ hasText: 'Bee sheds' }).click();
  await expect(main.getByText('Not for sale here.')).toBeVisible();
  await main.getByRole('button', { name: 'Put it back' }).click();
  await expect(main.getByText('This was undone.')).toBeVisible();
  await visit(ann.page, `/posts/${post.id}`);
  await expect(ann.page.locator('main')).toContainText('Bee sheds');
});

test('a person is reported and blocked in one step, without scripts too', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const ben = await newcomer(browser, 'Ben');
  const cleo = await newcomer(browser, 'Cleo');
  await visit(ann.page, `/people/${ben.id}`);
  await ann.page.getByRole('button', { name: 'More about Ben Okafor' }).click();
  await ann.page.getByRole('menuitem', { name: 'Report' }).click();
  const dialog = ann.page.getByRole('dialog', { name: 'Report this person' });
  await dialog.getByRole('radio', { name: 'Pretends to be someone else' }).check();
  await dialog.getByRole('checkbox', { name: 'Also block this person' }).check();
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await expect(ann.page).toHaveURL(/\/people$/);
  expect((await ann.page.request.get(`/api/v1/users/${ben.id}`)).status()).toBe(404);

  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await cleo.page.context().storageState(),
    baseURL: new URL(cleo.page.url() === 'about:blank' ? ann.page.url() : cleo.page.url()).origin,
  });
  const plain = await context.newPage();
  await plain.goto(`/report/person/${ben.id}`);
  await plain.getByRole('radio', { name: 'Something else' }).check();
  await plain.getByRole('button', { name: 'Send report' }).click();
  await expect(plain.getByText('The moderators will look at it')).toBeVisible();
  await plain.goto(`/report/person/${ben.id}`);
  await plain.getByRole('radio', { name: 'Something else' }).check();
  await plain.getByRole('button', { name: 'Send report' }).click();
  await expect(plain.getByText("You've already reported this")).toBeVisible();
});

test('whoever was warned asks for another look, and somebody else answers', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const ben = await newcomer(browser, 'Ben');
  const post = await publish(ben, 'A quotation that is not nice');
  const mod = await asAdmin(browser);
  const id = await decided(mod, ann, post, 'A quotation', {
    decision: 'warn',
    reason: 'hate',
    words: 'Not in these words.',
  });

  const concerned = ben.page.locator('main');
  await visit(ben.page, `/decisions/${id}`);
  await concerned.getByRole('button', { name: 'Ask for a review' }).click();
  await expect(concerned.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  await concerned.getByRole('textbox').fill('I only quoted it.');
  expect((await new AxeBuilder({ page: ben.page }).include('main').analyze()).violations).toEqual(
    [],
  );
  await concerned.getByRole('button', { name: 'Ask for a review' }).click();
  await expect(concerned).toContainText("We'll let you know the outcome.");

  // In a place with one moderator, there is nobody else who could.
  const main = mod.locator('main');
  await visit(mod, '/moderation?state=appealed');
  await main.getByRole('link').filter({ hasText: 'A quotation' }).click();
  await expect(main).toContainText('I only quoted it.');
  await main.getByRole('button', { name: 'Take this on' }).click();
  await main.getByRole('radio', { name: 'Reverse it' }).check();
  await main.getByRole('textbox').fill('You are right.');
  await main.getByRole('button', { name: 'Answer' }).click();
  await expect(mod).toHaveURL(/\?state=appealed$/);
  await expect(main).not.toContainText('A quotation');

  await visit(ben.page, `/decisions/${id}`);
  await expect(concerned).toContainText('reversed the decision');
  await expect(concerned).toContainText('You are right.');

  // Every visitor sees how much happened, and not whom it was about.
  const visitor = await (await browser.newContext()).newPage();
  await visit(visitor, '/rules');
  await visitor.getByRole('link', { name: 'Reports and decisions' }).click();
  const numbers = visitor.getByRole('main');
  await expect(numbers).toContainText(/\d reports?/);
  const reversed = numbers.getByText('Reversed').locator('..').locator('dd');
  expect(Number(await reversed.first().textContent())).toBeGreaterThan(0);
  await expect(numbers).not.toContainText('Okafor');
});

test('whoever is suspended reads why when logging in, asks for another look, and is back', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const ben = await newcomer(browser, 'Ben');
  const post = await publish(ben, 'A joke that nobody gets');
  const mod = await asAdmin(browser);
  const id = await decided(mod, ann, post, 'A joke that', {
    decision: 'suspend',
    days: 3,
    reason: 'hate',
    words: 'Not funny.',
  });

  const page = await (await browser.newContext()).newPage();
  await logIn(page, ben.email);
  await expect(page.getByRole('heading', { name: 'Your account is suspended' })).toBeVisible();
  const main = page.locator('main');
  await expect(main).toContainText('Not funny.');
  await expect(main).not.toContainText('Ann');
  await main.getByRole('textbox').fill('I explained it to everyone.');
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([]);
  await main.getByRole('button', { name: 'Ask for a review' }).click();
  await expect(main).toContainText("We'll let you know the outcome.");

  await mod.request.put(`${CASES}/${id}/claim`);
  const answer = { outcome: 'overturned', words: 'So you did.' };
  expect((await mod.request.put(`${CASES}/${id}/appeal`, { data: answer })).ok()).toBe(true);
  await logIn(page, ben.email);
  await signedInAs(page, 'Ben');
});
