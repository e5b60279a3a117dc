import { drawPortrait } from '@echomate/testing/portrait';
import { CAST, CAST_PASSWORD } from '@echomate/testing/cast';
import { expect, test } from './support/story.js';
import { freshPlace } from './support/fresh-place.js';
import { newcomer } from './support/newcomers.js';
import {
  fillRegistration,
  followMailedLink,
  logIn,
  newEmail,
  newVisitor,
  reload,
  signedInAs,
  visit,
} from './support/visits.js';

test('the mail is sent again, and goes to a corrected address', async ({ page }) => {
  const [typo, email] = [newEmail('tipo'), newEmail('typo')];
  await visit(page, '/register');
  await fillRegistration(page, typo, 'Tove');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText(typo)).toBeVisible();
  await page.getByRole('button', { name: 'Send it again' }).click();
  await expect(page.getByText('Sent again. It can take a minute.')).toBeVisible();

  await page.getByText('Wrong address?').click();
  await page.getByLabel('Email', { exact: true }).fill('nowhere');
  await page.getByRole('button', { name: 'Email the new address' }).click();
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Email the new address' }).click();
  await expect(page.getByText('Sent to the new address.')).toBeVisible();
  await expect(page.getByText(email).first()).toBeVisible();

  await followMailedLink(page, typo);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText(/already used/)).toBeVisible();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Tove');
});

test('an unconfirmed log-in says what is missing, only to whoever knew the password', async ({
  page,
  browser,
}) => {
  const email = newEmail('vera');
  await fillRegistration(page, email, 'Vera');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();

  const stranger = await newVisitor(browser);
  await logIn(stranger, email, 'not the password');
  await expect(stranger.getByText('Incorrect email or password.')).toBeVisible();

  // On another device, without scripts.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const elsewhere = await context.newPage();
  await logIn(elsewhere, email);
  await expect(elsewhere.getByText('Your password is right, but your email still')).toBeVisible();
  await elsewhere.getByRole('button', { name: 'Send it again' }).click();
  await expect(elsewhere.getByText('Sent again. It can take a minute.')).toBeVisible();
  await followMailedLink(elsewhere, email);
  await elsewhere.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(elsewhere, 'Vera');
});

test('registration says who will see email and date of birth, and lets one choose', async ({
  page,
}) => {
  await visit(page, '/register');
  const section = page.getByRole('region', { name: 'Who can see your profile' });
  await expect(section.getByText("They're shown on your profile")).toBeVisible();
  await expect(section.getByText('Anyone on this site can see it.')).toHaveCount(2);
  await section.getByLabel('Private').check();
  await expect(section.getByText("Only followers you've accepted can see it.")).toHaveCount(2);
  await section.getByLabel('Who can see your date of birth').selectOption('me');
  await expect(section.getByText('Only you can see it.')).toHaveCount(1);

  const email = newEmail('wim');
  await fillRegistration(page, email, 'Wim');
  await page.getByLabel('Who can see your email').selectOption('followers');
  await page.getByLabel('Private').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Wim');
  await visit(page, '/settings/privacy');
  await expect(page.getByRole('heading', { name: 'Your profile is private' })).toBeVisible();
  await expect(page.getByLabel('Who can see your email')).toHaveValue('followers');
  await expect(page.getByLabel('Who can see your date of birth')).toHaveValue('profile');
});

test('first steps stay until they are done, or hidden', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const steps = (page: typeof ann.page) => page.getByRole('region', { name: 'Your first steps' });
  await visit(ann.page, '/');
  // The cast's portrait and words came with the registration.
  await expect(steps(ann.page)).toContainText('1 of 3 done');
  await ann.page.getByLabel('Your post').fill('Hello, everyone');
  await ann.page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(ann.page.getByText('Hello, everyone').first()).toBeVisible();
  await reload(ann.page);
  await expect(steps(ann.page)).toContainText('2 of 3 done');
  await visit(ann.page, `/people/${ben.id}`);
  await ann.page.getByRole('button', { name: 'Follow Ben Okafor' }).first().click();
  await expect(ann.page.getByRole('button', { name: /^Following/ }).first()).toBeVisible();
  await visit(ann.page, '/');
  await signedInAs(ann.page, 'Ann');
  await expect(steps(ann.page)).toHaveCount(0);

  await visit(ben.page, '/');
  await steps(ben.page).getByRole('button', { name: 'Hide these steps' }).click();
  await expect(steps(ben.page)).toHaveCount(0);
  await reload(ben.page);
  await signedInAs(ben.page, 'Ben');
  await expect(steps(ben.page)).toHaveCount(0);
});

test('the first of a new place sees that they are the admin, and what to do next', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const place = await freshPlace();
  try {
    const context = await browser.newContext({ baseURL: place.url });
    const page = await context.newPage();
    const register = async (firstName: string) => {
      const email = newEmail(firstName.toLowerCase());
      await fillRegistration(page, email, firstName);
      await page.getByRole('button', { name: 'Create account' }).click();
      await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
      await followMailedLink(page, email);
      await page.getByRole('button', { name: 'Confirm' }).click();
      // The first one is led to the settings of the place.
      await page.waitForURL(({ pathname }) => pathname !== '/verify-email');
      await visit(page, '/');
      await signedInAs(page, firstName);
      return email;
    };
    const steps = page.getByRole('region', { name: "You're the admin here" });
    const email = await register('Ida');
    await expect(steps).toContainText('0 of 3 done');
    await expect(steps.getByLabel('The address of this place')).toHaveValue(place.url);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: place.url });
    await visit(page, '/');
    await steps.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByText('Link copied.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(place.url);

    await page.getByLabel('Your post').fill('The doors are open');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await expect(page.getByText('The doors are open').first()).toBeVisible();
    await reload(page);
    await expect(steps).toContainText('1 of 3 done');
    await steps.getByRole('link', { name: 'Fill in your profile' }).click();
    await page.getByRole('textbox', { name: 'About you' }).fill('Keeps the keys.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.locator('input[type=file][name=file]').setInputFiles({
      name: 'me.png',
      mimeType: 'image/png',
      buffer: await drawPortrait(CAST[3]!),
    });
    await page.getByRole('button', { name: 'Save photo' }).click();
    await expect(page.getByText('Photo saved.')).toBeVisible();
    await visit(page, '/');
    await expect(steps).toContainText('2 of 3 done');

    // Somebody comes by the link; the newcomer is no admin.
    await page.getByRole('button', { name: 'Log out' }).first().click();
    await register('Jon');
    await expect(steps).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Your first steps' })).toBeVisible();
    await page.getByRole('button', { name: 'Log out' }).first().click();
    await logIn(page, email, CAST_PASSWORD);
    await signedInAs(page, 'Ida');
    await expect(steps).toHaveCount(0);
    await context.close();
  } finally {
    await place.leave();
  }
});
