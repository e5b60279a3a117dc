import { fileURLToPath } from 'node:url';
import { CAST, CAST_PASSWORD } from '@echomate/testing/cast';
import { drawPortrait } from '@echomate/testing/portrait';
import { newcomer } from './support/newcomers.js';
import { expect, test } from './support/story.js';
import {
  castMember,
  fillRegistration,
  followMailedLink,
  logIn,
  newEmail,
  newVisitor,
  reload,
  signedInAs,
  visit,
} from './support/visits.js';

test('someone registers, confirms, logs out, logs in and edits the profile', async ({
  page,
  browser,
}) => {
  const email = newEmail('noor');
  await fillRegistration(page, email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();

  // Before the link is used there is no account to log in to.
  await logIn(page, email);
  await expect(page.getByText('Your email still needs to be confirmed')).toBeVisible();

  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Noor');

  await page.getByRole('button', { name: 'Log out' }).first().click();
  await expect(page.getByText("You're logged out.")).toBeVisible();
  await page.goto('/settings/profile');
  await expect(page).toHaveURL(/\/login/);

  await logIn(page, email);
  await signedInAs(page, 'Noor');
  await visit(page, '/settings/profile');
  await page.getByLabel('Nickname').fill('noor of the north');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await reload(page);
  await expect(page.getByLabel('Nickname')).toHaveValue('noor of the north');

  // Nobody else is signed in by that.
  const other = await newVisitor(browser);
  await other.goto('/settings/profile');
  await expect(other).toHaveURL(/\/login/);
});

test('two people in two browsers stay themselves after a reload', async ({ browser }) => {
  const [one, two] = [await newVisitor(browser), await newVisitor(browser)];
  await logIn(one, castMember('Ada').email);
  await logIn(two, castMember('Bruno').email);
  for (let round = 0; round < 3; round++) {
    await signedInAs(one, 'Ada');
    await signedInAs(two, 'Bruno');
    await Promise.all([one.reload(), two.reload()]);
  }
});

test('a refused form names the fields, keeps what was typed, and forgets the password', async ({
  page,
}) => {
  await fillRegistration(page, newEmail('refused'));
  await page.getByLabel('Password', { exact: true }).fill('password');
  await page.getByLabel('Date of birth', { exact: true }).fill('2020-01-01');
  await page.getByLabel('Nickname').fill('keep me');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('Date of birth', { exact: true })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.getByText('Sorry, you need to be at least 13 to join.')).toBeVisible();
  await expect(page.getByLabel('First name')).toHaveValue('Noor');
  await expect(page.getByLabel('Nickname')).toHaveValue('keep me');

  await page.getByLabel('Date of birth', { exact: true }).fill('1990-01-01');
  await page.getByLabel('Password', { exact: true }).fill('password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText(/too easy to guess/)).toBeVisible();
});

test('everything needed to get in works without scripts', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const email = newEmail('plain');
  await fillRegistration(page, email);
  // The browser lets this pass; the api does not.
  await page.getByLabel('Password', { exact: true }).fill('password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Please fix the following.')).toBeVisible();
  await expect(page.getByText(/too easy to guess/)).toBeVisible();
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(email);
  await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Noor');
  await page.goto('/settings/profile');
  await page.getByLabel('Nickname').fill('no scripts');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Log out' }).first().click();
  await expect(page).toHaveURL(/\/(login|$)/);
});

test('a forgotten password is chosen anew, and the link works once', async ({ page, browser }) => {
  const email = newEmail('forgetful');
  await fillRegistration(page, email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Noor');

  const elsewhere = await newVisitor(browser);
  await elsewhere.goto('/forgot-password');
  await elsewhere.getByLabel('Email', { exact: true }).fill(email);
  await elsewhere.getByRole('button', { name: 'Email me a link' }).click();
  await expect(elsewhere.getByText('is on its way')).toBeVisible();
  await expect(async () => {
    await elsewhere.goto('/dev/mailbox');
    await expect(
      elsewhere
        .getByRole('listitem')
        .filter({ hasText: email })
        .filter({ hasText: 'Choose a new password' }),
    ).toBeVisible({ timeout: 500 });
  }).toPass();
  await elsewhere
    .getByRole('listitem')
    .filter({ hasText: email })
    .filter({ hasText: 'Choose a new password' })
    .getByRole('link')
    .first()
    .click();
  await expect(elsewhere).toHaveURL(/reset-password/);
  const link = elsewhere.url();
  await elsewhere.getByLabel('New password', { exact: true }).fill('nine red umbrellas');
  await elsewhere.getByRole('button', { name: 'Change password' }).click();
  await expect(elsewhere.getByText('Password changed.')).toBeVisible();
  await logIn(elsewhere, email, 'nine red umbrellas');
  await signedInAs(elsewhere, 'Noor');

  // The other browser was logged out by it.
  await page.goto('/settings');
  await expect(page).toHaveURL(/\/login/);
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill('ten blue kettles');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This link no longer works')).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without';

  test(`a link that is opened in another browser asks for a password, ${how}`, async ({
    browser,
  }) => {
    const email = newEmail('elsewhere');
    const desk = await newVisitor(browser);
    await fillRegistration(desk, email);
    await desk.getByRole('button', { name: 'Create account' }).click();
    await expect(desk.getByRole('heading', { name: 'Check your email' })).toBeVisible();

    const phone = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await followMailedLink(phone, email);
    await phone.getByRole('button', { name: 'Confirm' }).click();
    await expect(phone.getByRole('heading', { name: 'Choose a password' })).toBeVisible();
    await phone.getByLabel('Password', { exact: true }).fill('Passw0rd!');
    await phone.getByRole('button', { name: 'Activate my account' }).click();
    await expect(phone.getByText(/too easy to guess/)).toBeVisible();
    await phone.getByLabel('Password', { exact: true }).fill('nine red umbrellas');
    await phone.getByRole('button', { name: 'Activate my account' }).click();
    await signedInAs(phone, 'Noor');

    await logIn(desk, email);
    await expect(desk.getByText('Incorrect email or password')).toBeVisible();
    await logIn(desk, email, 'nine red umbrellas');
    await signedInAs(desk, 'Noor');
  });

  test(`an account that was moved away is brought back from the old mailbox, ${how}`, async ({
    browser,
  }) => {
    const { page: thief, email } = await newcomer(browser, 'Mira');
    const moved = newEmail('thief');
    await visit(thief, '/settings/email');
    await thief.getByLabel('New email').fill(moved);
    await thief.getByLabel('Current password').fill(CAST_PASSWORD);
    await thief.getByRole('button', { name: 'Send the link' }).click();
    await followMailedLink(thief, moved);
    await thief.getByRole('button', { name: 'Confirm' }).click();
    await expect(thief.getByText('Your new email is confirmed.')).toBeVisible();

    const owner = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await followMailedLink(owner, email, 'Your account moved to another address');
    await expect(owner.getByRole('heading', { name: 'Get your account back' })).toBeVisible();
    await owner.getByLabel('New password', { exact: true }).fill('short');
    await owner.getByRole('button', { name: 'Get it back' }).click();
    await expect(owner.getByText('Use at least 8 characters.')).toBeVisible();
    await owner.getByLabel('New password', { exact: true }).fill('nine red umbrellas');
    await owner.getByRole('button', { name: 'Get it back' }).click();
    await expect(owner.getByText('Your account is back.')).toBeVisible();
    await logIn(owner, email, 'nine red umbrellas');
    await signedInAs(owner, 'Mira');
    await thief.goto('/settings');
    await expect(thief).toHaveURL(/\/login/);
  });
}

test('a session is ended from another device', async ({ browser }) => {
  const [here, there] = [await newVisitor(browser), await newVisitor(browser)];
  await logIn(here, castMember('Emil').email);
  await signedInAs(here, 'Emil');
  await logIn(there, castMember('Emil').email);
  await signedInAs(there, 'Emil');
  await visit(here, '/settings/sessions');
  await expect(here.getByText('This device')).toBeVisible();
  await here.getByRole('button', { name: 'Log out all other devices' }).click();
  await expect(here.getByText("You're logged out on all other devices.")).toBeVisible();
  await reload(there);
  await expect(there).toHaveURL(/\/login|\/welcome$/);
  await expect(there.getByRole('link', { name: 'Log in' }).first()).toBeVisible();
  await reload(here);
  await expect(here.getByText('This device')).toBeVisible();
});

test('the privacy switch says what will change and asks', async ({ page }) => {
  await logIn(page, castMember('Fumiko').email);
  await signedInAs(page, 'Fumiko');
  await visit(page, '/settings/privacy');
  await page.getByRole('button', { name: 'Make it private' }).click();
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await expect(dialog).toContainText('People who follow you keep following');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Your profile is public' })).toBeVisible();
  await page.getByRole('button', { name: 'Make it private' }).click();
  await dialog.getByRole('button', { name: 'Make it private' }).click();
  await expect(page.getByRole('heading', { name: 'Your profile is private' })).toBeVisible();
  await reload(page);
  await expect(page.getByRole('heading', { name: 'Your profile is private' })).toBeVisible();
});

test('a picture is chosen, cropped, saved and removed', async ({ page }) => {
  const { email } = castMember('Iker');
  await logIn(page, email);
  await signedInAs(page, 'Iker');
  await visit(page, '/settings/profile');
  await page
    .locator('input[type=file][name=file]')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await drawPortrait(CAST[8]!) });
  await page.getByRole('button', { name: 'Save photo' }).click();
  await expect(page.getByText('Photo saved.')).toBeVisible();
  await page.locator('input[type=file][name=file]').setInputFiles(fileURLToPath(import.meta.url));
  await expect(page.getByText(/can't use this file/)).toBeVisible();
  await reload(page);
  await page.getByRole('button', { name: 'Remove photo' }).click();
  await expect(page.getByText('Photo removed.')).toBeVisible();
});
