import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expectAccessible } from './support/accessible.js';
import { appCode, wellWithinStep } from './support/app-code.js';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { composer, postWith } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { withApp } from './support/two-step.js';
import { logIn, newVisitor, visit } from './support/visits.js';

const main = (page: Page) => page.getByRole('main');
const press = (page: Page, name: string) =>
  main(page).getByRole('button', { name, exact: true }).click();
const prove = (page: Page) =>
  main(page).getByLabel('Password', { exact: true }).filter({ visible: true }).fill(CAST_PASSWORD);
const again = (page: Page) => page.getByRole('dialog', { name: "You've been logged out" });
/** As if it had been ended from another device. */
const endSession = async (page: Page) =>
  expect((await page.request.post('/api/v1/auth/logout')).ok()).toBe(true);
const write = async (page: Page, text: string) => {
  await composer(page).getByLabel('Your post').fill(text);
  await composer(page).getByRole('button', { name: 'Post', exact: true }).click();
};
const logOut = (page: Page) => page.context().clearCookies();

/** A device that keeps passkeys and recognises a finger. */
async function withDevice(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether the finger is on the sensor already; if not, nothing answers. */
    touch: (enabled: boolean) =>
      cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  };
}

/** Whether passkeys are offered where the email is typed; if not, one logs in when its button is pressed, and not before. */
async function autofill(page: Page, isOffered: boolean) {
  const set = (value: boolean) => {
    // An empty page has none.
    if ('PublicKeyCredential' in window)
      PublicKeyCredential.isConditionalMediationAvailable = async () => value;
  };
  await page.addInitScript(set, isOffered);
  await page.evaluate(set, isOffered);
}

async function withPasskey({ page }: Newcomer) {
  await visit(page, '/settings');
  await main(page).getByRole('link', { name: 'Passkeys' }).click();
  await expect(page).toHaveURL(/settings\/passkeys$/);
  await main(page).getByLabel('Name').fill('My phone');
  await prove(page);
  await press(page, 'Add passkey');
  await expect(main(page).getByText('My phone', { exact: true })).toBeVisible();
  await expectAccessible(page);
}

test('somebody turns two-step login on with an app, and logs in with codes', async ({
  browser,
}) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const { secret, codes } = await withApp(ann.page);
  const elsewhere = await newVisitor(browser);
  await logIn(elsewhere, ann.email);
  await expect(elsewhere.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await expectAccessible(elsewhere);
  await elsewhere.goto('/settings');
  await expect(elsewhere).toHaveURL(/login/);
  await elsewhere.goto('/second-step?next=%2Fsettings');
  await elsewhere.getByLabel('Code from your app').fill('000000');
  await press(elsewhere, 'Log in');
  await expect(elsewhere.getByText("This code doesn't work.")).toBeVisible();
  await elsewhere.getByLabel('Code from your app').fill(appCode(secret));
  await press(elsewhere, 'Log in');
  await expect(elsewhere).toHaveURL(/settings$/);

  const third = await newVisitor(browser);
  await logIn(third, ann.email);
  await third.getByLabel('Code from your app').fill(codes[0]!);
  await press(third, 'Log in');
  await expect(third.getByRole('navigation').first()).toBeVisible();
  await visit(third, '/settings/two-step');
  await expect(main(third).getByText('9 are left.')).toBeVisible();
  await expectAccessible(third);

  await main(third).getByText('Create new recovery codes').click();
  await prove(third);
  await press(third, 'Create new codes');
  await expect(main(third).getByText('Keep these recovery codes')).toBeVisible();
  await main(third).getByRole('link', { name: "I've kept them" }).click();
  await expect(main(third).getByText('10 are left.')).toBeVisible();
  await main(third).getByText('Turn two-step login off').click();
  await prove(third);
  await press(third, 'Turn off');
  await expect(main(third).getByText('Two-step login is off.')).toBeVisible();
  const last = await newVisitor(browser);
  await logIn(last, ann.email);
  await expect(last).toHaveURL(/\/$/);
});

test('somebody adds a passkey, logs in with it, and removes it', async ({ browser }) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  await withDevice(page);
  await autofill(page, false);
  await withPasskey(ann);
  await logOut(page);
  await visit(page, '/login');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(page).toHaveURL(/\/$/);

  await visit(page, '/settings/account');
  await prove(page);
  await press(page, 'Deactivate account');
  await expect(page.getByText('Your account is deactivated')).toBeVisible();
  await visit(page, '/login');
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(page.getByText('Welcome back. Your account is active again.')).toBeVisible();
  await visit(page, '/settings/passkeys');
  await expect(main(page).getByText('last used')).toBeVisible();

  // The passkey stands for the password where one is asked for.
  await main(page).getByLabel('Remove My phone…').click();
  await main(page).getByRole('button', { name: 'Use a passkey instead' }).first().click();
  await expect(main(page).getByText('The passkey is removed.')).toBeVisible();
  await expect(main(page).getByText('My phone', { exact: true })).toBeHidden();
});

test('a passkey is the second step of somebody who has no app', async ({ browser }) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const device = await withDevice(page);
  await withPasskey(ann);
  await visit(page, '/settings/two-step');
  await main(page)
    .getByRole('region', { name: 'Use a passkey' })
    .getByRole('button', { name: 'Use a passkey instead' })
    .click();
  await expect(main(page).getByText('Keep these recovery codes')).toBeVisible();
  await logOut(page);
  await device.touch(false);
  await logIn(page, ann.email);
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await expectAccessible(page);
  await device.touch(true);
  await press(page, 'Use a passkey');
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole('navigation').first()).toBeVisible();
});

test('somebody gives a passkey another name, with scripts and without', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  await withDevice(ann.page);
  await withPasskey(ann);
  const rename = async (page: Page, from: string, to: string) => {
    const row = main(page).getByRole('listitem').filter({ hasText: from });
    const name = row.getByLabel('Name', { exact: true });
    await row.getByLabel(`Rename ${from}…`).click();
    await expect(name).toHaveValue(from);
    await name.fill('   ');
    await row.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    if (page === ann.page) await expectAccessible(page);
    await name.fill(to);
    await row.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(page.getByText('Your passkey has a new name.')).toBeVisible();
    await expect(main(page).getByText(to, { exact: true })).toBeVisible();
    await expect(main(page).getByText(from, { exact: true })).toBeHidden();
    await expect(main(page).getByRole('button', { name: 'Rename', exact: true })).toBeHidden();
  };
  await rename(ann.page, 'My phone', 'My old phone');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await ann.page.context().cookies());
  const page = await context.newPage();
  await page.goto('/settings/passkeys');
  await rename(page, 'My old phone', 'Work laptop');
});

test('the browser offers a passkey where the email is typed', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  await withDevice(page);
  await withPasskey(ann);
  await logOut(page);
  // The device without a screen chooses what it is offered as soon as it is offered.
  await page.goto('/login?next=%2Fsettings');
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a passkey logs in again where a session has ended', async ({ browser }) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  await withDevice(page);
  await autofill(page, false);
  await withPasskey(ann);
  await visit(page, '/');
  await endSession(page);
  await write(page, 'Not lost at all');
  await expect(again(page)).toBeVisible();
  await expectAccessible(page);
  await again(page).getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(again(page)).toBeHidden();
  await expect(postWith(page, 'Not lost at all')).toBeVisible();
  // Offered where the email is typed, it is chosen at once.
  await autofill(page, true);
  await endSession(page);
  await write(page, 'Not lost either');
  await expect(postWith(page, 'Not lost either')).toBeVisible();
  await expect(again(page)).toBeHidden();
});

test('a second step is taken where a session has ended, with a code or a passkey', async ({
  browser,
}) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  const { secret, codes } = await withApp(ann.page);
  const comeBack = async (text: string) => {
    await visit(page, '/');
    await endSession(page);
    await write(page, text);
    await again(page).getByLabel('Email', { exact: true }).fill(ann.email);
    await again(page).getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await again(page).getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(again(page).getByLabel('Code from your app')).toBeFocused();
  };
  const answer = async (code: string) => {
    await again(page).getByLabel('Code from your app').fill(code);
    await again(page).getByRole('button', { name: 'Log in', exact: true }).click();
  };
  await comeBack('By the app');
  await expect(again(page).getByRole('button', { name: 'Use a passkey' })).toBeHidden();
  await answer('000000');
  await expect(again(page).getByText("This code doesn't work.")).toBeVisible();
  await expectAccessible(page);
  await answer(appCode(secret));
  await expect(postWith(page, 'By the app')).toBeVisible();
  await comeBack('By a recovery code');
  await answer(codes[0]!);
  await expect(postWith(page, 'By a recovery code')).toBeVisible();

  const device = await withDevice(page);
  await withPasskey(ann);
  await device.touch(false);
  await comeBack('By a passkey');
  await expectAccessible(page);
  await device.touch(true);
  await again(page).getByRole('button', { name: 'Use a passkey' }).click();
  await expect(again(page)).toBeHidden();
  await expect(postWith(page, 'By a passkey')).toBeVisible();
});

test('two-step login works without scripts', async ({ browser }) => {
  const ann = await newcomer(browser, 'Ann');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await ann.page.context().cookies());
  const page = await context.newPage();
  await page.goto('/settings/two-step');
  await prove(page);
  await press(page, 'Set up an app');
  const secret = await main(page).locator('p.font-mono').innerText();
  await main(page).getByLabel('Code from your app').fill('000000');
  await press(page, 'Turn on');
  await expect(main(page).getByText("This code doesn't work.")).toBeVisible();
  await wellWithinStep();
  await main(page).getByLabel('Code from your app').fill(appCode(secret, -1));
  await press(page, 'Turn on');
  await expect(main(page).locator('ul.font-mono li')).toHaveCount(10);
  const fresh = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await logIn(fresh, ann.email);
  await fresh.getByLabel('Code from your app').fill(appCode(secret));
  await press(fresh, 'Log in');
  await expect(fresh).toHaveURL(/\/$/);
  await expect(fresh.getByRole('navigation').first()).toBeVisible();
});
