import { CAST_PASSWORD } from '@echomate/testing/cast';
import { OPENID_CLIENT, openidProvider } from '@echomate/testing/openid-provider';
import { expectAccessible } from './support/accessible.js';
import { freePort, freshPlace } from './support/fresh-place.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { withApp } from './support/two-step.js';
import { fillRegistration, followMailedLink } from './support/visits.js';

/** A place whose people can also log in with their club, which is another site. */
async function placeWithProvider(people: Parameters<typeof openidProvider>[1]) {
  const port = await freePort();
  const provider = { name: 'club', label: 'Club account', issuer: `http://127.0.0.1:${port}` };
  const place = await freshPlace({
    OPENID_PROVIDERS: JSON.stringify([{ ...provider, ...OPENID_CLIENT }]),
  });
  const start = () => openidProvider(`${place.url}/login/with/club/callback`, people, port);
  let club = await start();
  return {
    url: place.url,
    close: () => club.close(),
    reopen: async () => {
      club = await start();
    },
    leave: async () => {
      await place.leave();
      await club.close().catch(() => undefined);
    },
  };
}

const visitorOf = async (browser: Browser, url: string, javaScriptEnabled = true): Promise<Page> =>
  (await browser.newContext({ baseURL: url, javaScriptEnabled })).newPage();

/** On the pages of the club, which asks once who it is. */
const agreeAtClub = async (page: Page, login: string) => {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
};

const logOut = async (page: Page) => {
  await page.request.post('/api/v1/auth/logout', {
    headers: { origin: new URL(page.url()).origin },
  });
};

const takeSecondStep = async (page: Page, recoveryCode: string) => {
  await page.getByLabel('Code from your app').fill(recoveryCode);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
};

test('somebody joins with their club, without scripts, logs out, and comes back with it', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const place = await placeWithProvider({
    wanda: {
      email: 'wanda@example.org',
      email_verified: true,
      given_name: 'Wanda',
      family_name: 'Nowak',
    },
  });
  try {
    const page = await visitorOf(browser, place.url, false);
    await page.goto('/register');
    await page.getByRole('link', { name: 'Continue with Club account' }).click();
    await agreeAtClub(page, 'wanda');
    await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible();
    await expect(page.getByText('wanda@example.org')).toBeVisible();
    await expect(page.getByLabel('First name')).toHaveValue('Wanda');
    await page.getByLabel('Last name').fill('Nowak-Vega');
    await page.getByLabel('Date of birth', { exact: true }).fill('2020-03-21');
    // What the browser would refuse by itself must be refused by the server too.
    await page
      .getByRole('main')
      .locator('form')
      .evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByLabel('Date of birth', { exact: true })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await expect(page.getByLabel('Last name')).toHaveValue('Nowak-Vega');
    await page.getByLabel('Date of birth', { exact: true }).fill('1993-03-21');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL(`${place.url}/`);
    await expect(page.getByText('Wanda').first()).toBeVisible();

    await logOut(page);
    await page.goto('/login?next=/settings/logins');
    await page.getByRole('link', { name: 'Continue with Club account' }).click();
    // The club still knows who it is.
    await expect(page).toHaveURL(/settings\/logins$/);
    await expect(page.getByText('Your account has no password yet')).toBeVisible();
    await expect(page.getByText(/Disconnect/)).toHaveCount(0);
  } finally {
    await place.leave();
  }
});

test('somebody connects their club to their account, and disconnects it', async ({ browser }) => {
  test.setTimeout(120_000);
  const people = { ann: { email: 'ann@example.org', email_verified: true } };
  const place = await placeWithProvider(people);
  try {
    const page = await visitorOf(browser, place.url);
    await fillRegistration(page, 'ann@example.org', 'Ann');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
    await followMailedLink(page, 'ann@example.org');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText("You're the admin")).toBeVisible();

    // Whoever comes with the email of an account is asked for its password.
    const stranger = await visitorOf(browser, place.url);
    await stranger.goto('/login');
    await expectAccessible(stranger);
    await stranger.getByRole('link', { name: 'Continue with Club account' }).click();
    await agreeAtClub(stranger, 'ann');
    await expect(
      stranger.getByText("There's already an account with ann@example.org"),
    ).toBeVisible();
    await expectAccessible(stranger);
    await stranger.getByLabel('Password', { exact: true }).fill('not the password');
    await stranger.getByRole('button', { name: 'Connect' }).click();
    await expect(stranger.getByText("That's not your current password.")).toBeVisible();

    await page.goto('/settings');
    await page.getByRole('main').getByRole('link', { name: 'Connected logins' }).click();
    await page.getByRole('link', { name: 'Connect Club account' }).click();
    await agreeAtClub(page, 'ann');
    await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page).toHaveURL(/settings\/logins$/);
    await expect(page.getByRole('heading', { name: 'Club account' })).toBeVisible();
    await expectAccessible(page);
    await followMailedLink(page, 'ann@example.org', 'You can now log in with Club account');
    await expect(page).toHaveURL(/settings\/logins$/);

    await logOut(page);
    await page.goto('/login');
    await page.getByRole('link', { name: 'Continue with Club account' }).click();
    await expect(page).toHaveURL(`${place.url}/`);

    // A second step doesn't forget where the log-in was to lead.
    const { codes } = await withApp(page);
    await logOut(page);
    await page.goto('/login?next=/settings/logins');
    await page.getByRole('link', { name: 'Continue with Club account' }).click();
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
    await takeSecondStep(page, codes[0]!);
    await expect(page).toHaveURL(/settings\/logins$/);

    await place.close();
    await logOut(page);
    await page.goto('/login/with/club/callback?code=1&state=2');
    await expect(page.getByText("This login wasn't started in this browser")).toBeVisible();
    await expectAccessible(page);
    await place.reopen();

    await page.goto('/login?next=/settings/logins');
    await page.getByLabel('Email', { exact: true }).fill('ann@example.org');
    await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await takeSecondStep(page, codes[1]!);
    await page.getByText('Disconnect Club account').click();
    await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expect(page.getByRole('link', { name: 'Connect Club account' })).toBeVisible();

    // Nor does connecting an account that asks for a second step.
    await logOut(page);
    await page.goto('/login?next=/settings/logins');
    await page.getByRole('link', { name: 'Continue with Club account' }).click();
    await agreeAtClub(page, 'ann');
    await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await page.getByRole('button', { name: 'Connect' }).click();
    await takeSecondStep(page, codes[2]!);
    await expect(page).toHaveURL(/settings\/logins$/);
    await expect(page.getByRole('heading', { name: 'Club account' })).toBeVisible();
  } finally {
    await place.leave();
  }
});
