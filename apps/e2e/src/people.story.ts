import { newcomer, openDetails, openProfile } from './support/newcomers.js';
import { follow } from './support/posts.js';
import { expect, test } from './support/story.js';
import { reload, visit } from './support/visits.js';

const ABOUT = 'Bee keeper, choir singer';

test('a public person is followed at once, and unfollowing asks first', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  await openDetails(ann, ben);
  await expect(ann.page.getByText(ABOUT).first()).toBeVisible();
  await ann.page.getByRole('button', { name: 'Follow Ben Okafor' }).first().click();
  await expect(
    ann.page.getByRole('button', { name: 'Following Ben Okafor: unfollow' }).first(),
  ).toBeVisible();

  await openDetails(ben, ann);
  await expect(ben.page.getByText('Follows you').first()).toBeVisible();
  await visit(ben.page, '/requests');
  await expect(ben.page.getByRole('main')).toContainText('Ann');

  await reload(ann.page);
  await ann.page.getByRole('button', { name: 'Following Ben Okafor: unfollow' }).first().click();
  const dialog = ann.page.getByRole('dialog').or(ann.page.getByRole('alertdialog'));
  await expect(dialog).toContainText('Unfollow Ben Okafor');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(
    ann.page.getByRole('button', { name: 'Following Ben Okafor: unfollow' }).first(),
  ).toBeVisible();
  await ann.page.getByRole('button', { name: 'Following Ben Okafor: unfollow' }).first().click();
  await dialog.getByRole('button', { name: 'Unfollow' }).click();
  await expect(ann.page.getByRole('button', { name: 'Follow Ben Okafor' }).first()).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByRole('button', { name: 'Follow Ben Okafor' }).first()).toBeVisible();
});

test('a private person is asked, declines, and cannot be asked again that day', async ({
  browser,
}) => {
  const [ann, pia] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Pia', 'private')];
  await openDetails(ann, pia);
  await expect(ann.page.getByText('This profile is private').first()).toBeVisible();
  await expect(ann.page.getByText(ABOUT)).toHaveCount(0);
  await ann.page.getByRole('button', { name: 'Ask to follow Pia Okafor' }).first().click();
  await expect(ann.page.getByRole('button', { name: /^Requested/ }).first()).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByText(ABOUT)).toHaveCount(0);

  await visit(pia.page, '/requests');
  await pia.page.getByRole('button', { name: 'Decline Ann Okafor' }).click();
  await expect(pia.page.getByText('can ask again in a day').first()).toBeVisible();
  await pia.page.getByRole('button', { name: 'Undo' }).click();
  await expect(pia.page.getByText("Ann Okafor's request is waiting again.")).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByRole('button', { name: /^Requested/ }).first()).toBeVisible();
  await reload(pia.page);
  await pia.page.getByRole('button', { name: 'Decline Ann Okafor' }).click();
  await expect(pia.page.getByText('can ask again in a day').first()).toBeVisible();

  await reload(ann.page);
  await expect(ann.page.getByText('You can ask again on').first()).toBeVisible();
  await expect(
    ann.page.getByRole('button', { name: 'Ask to follow Pia Okafor' }).first(),
  ).toBeDisabled();
});

test('declining is taken back on the page of the person, and without scripts', async ({
  browser,
}) => {
  const [ann, pia] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Pia', 'private')];
  await follow(ann, pia);
  await openProfile(pia, ann);
  await pia.page.getByRole('button', { name: 'Decline Ann Okafor' }).click();
  await expect(pia.page.getByRole('button', { name: 'Decline Ann Okafor' })).toHaveCount(0);
  await pia.page.getByRole('button', { name: 'Undo' }).click();
  await expect(pia.page.getByRole('button', { name: 'Decline Ann Okafor' })).toBeVisible();

  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await pia.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/requests');
  await page.getByRole('button', { name: 'Decline Ann Okafor' }).click();
  await expect(page.getByText('Request declined. Ann Okafor can ask again')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Request declined.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Accept Ann Okafor' }).click();
  await context.close();
  await openProfile(ann, pia);
  await expect(ann.page.getByText('This profile is private')).toHaveCount(0);
});

test('a private person accepts, is seen, and closes the door again', async ({ browser }) => {
  const [ann, pia] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Pia', 'private')];
  await openDetails(ann, pia);
  await ann.page.getByRole('button', { name: 'Ask to follow Pia Okafor' }).first().click();
  await expect(ann.page.getByRole('button', { name: /^Requested/ }).first()).toBeVisible();
  await visit(pia.page, '/requests');
  await pia.page.getByRole('button', { name: 'Accept Ann Okafor' }).click();
  await expect(pia.page.getByText('Ann Okafor now follows you.').first()).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByText(ABOUT).first()).toBeVisible();
  await visit(ann.page, `/people/${pia.id}/followers`);
  await expect(ann.page.getByRole('main')).toContainText('Ann');

  // Blocking holds at once, on both sides, and on the page that is open.
  await openDetails(pia, ann);
  await pia.page.getByRole('button', { name: 'More about Ann Okafor' }).click();
  await pia.page.getByRole('menuitem', { name: 'Block' }).click();
  const dialog = pia.page.getByRole('dialog').or(pia.page.getByRole('alertdialog'));
  await dialog.getByRole('button', { name: 'Block' }).click();
  await expect(pia.page.getByText('You blocked Ann Okafor.').first()).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByText("There's nothing here").first()).toBeVisible();
  await visit(pia.page, '/settings/blocked');
  const unblocked = pia.page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await pia.page.getByRole('button', { name: 'Unblock Ann Okafor' }).click();
  await unblocked;
  await openDetails(ann, pia);
  await expect(ann.page.getByText('This profile is private').first()).toBeVisible();
});

test('turning private says what changes, keeps followers and shuts out the rest', async ({
  browser,
}) => {
  const [ann, ben, ola] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Ola'),
  ];
  await openDetails(ann, ola);
  await ann.page.getByRole('button', { name: 'Follow Ola Okafor' }).first().click();
  await expect(
    ann.page.getByRole('button', { name: 'Following Ola Okafor: unfollow' }).first(),
  ).toBeVisible();
  await openDetails(ben, ola);
  await expect(ben.page.getByText(ABOUT).first()).toBeVisible();

  await visit(ola.page, '/settings/privacy');
  await ola.page.getByRole('button', { name: 'Make it private' }).click();
  const dialog = ola.page.getByRole('dialog').or(ola.page.getByRole('alertdialog'));
  await expect(dialog).toContainText('People who follow you keep following');
  await dialog.getByRole('button', { name: 'Make it private' }).click();
  await expect(ola.page.getByRole('heading', { name: 'Your profile is private' })).toBeVisible();

  await reload(ben.page);
  await expect(ben.page.getByText('This profile is private').first()).toBeVisible();
  await expect(ben.page.getByText(ABOUT)).toHaveCount(0);
  await reload(ann.page);
  await expect(ann.page.getByText(ABOUT).first()).toBeVisible();
});

test('people are found by name and one sees the own profile as others do', async ({ browser }) => {
  const name = `Zora${Date.now()}`;
  const [ann, zora] = [await newcomer(browser, 'Ann'), await newcomer(browser, name, 'private')];
  await visit(ann.page, '/people');
  await ann.page
    .getByRole('searchbox', { name: 'Search by name or @handle' })
    .fill(name.toLowerCase());
  await expect(ann.page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();

  await visit(zora.page, '/people/me/view-as');
  await zora.page
    .getByRole('link', { name: /doesn't follow you/ })
    .first()
    .click();
  await expect(
    zora.page
      .getByRole('main')
      .getByText("You're viewing your profile as someone who doesn't follow you"),
  ).toBeVisible();
  await expect(zora.page.getByText('This profile is private').first()).toBeVisible();
  await expect(zora.page.getByText(ABOUT)).toHaveCount(0);
});
