import AxeBuilder from '@axe-core/playwright';
import { SITE_COLOURS } from '@echomate/contracts/limits';
import { CAST_PASSWORD } from '@echomate/testing/cast';
import { drawWordmark } from '@echomate/testing/scenery';
import { freshPlace } from './support/fresh-place.js';
import { expect, test, type Browser, type Page } from './support/story.js';
import { withoutMotion } from './support/motion.js';
import {
  castMember,
  fillRegistration,
  followMailedLink,
  logIn,
  newEmail,
  signedInAs,
} from './support/visits.js';

/** A place of its own: who may join here is nobody else's story. */
const visitorOf = async (browser: Browser, url: string): Promise<Page> =>
  (await browser.newContext({ baseURL: url })).newPage();

const confirmed = async (page: Page, email: string) => {
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
};
const fillOn = async (page: Page, email: string, firstName: string) => {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('Date of birth', { exact: true }).fill('1993-03-21');
};
const choose = async (admin: Page, mode: string) => {
  await admin.goto('/admin');
  await admin.getByRole('radio', { name: mode }).check();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved.').first()).toBeVisible();
};

test('the first account sets the site up, invites somebody, and lets somebody in', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const place = await freshPlace();
  try {
    const admin = await visitorOf(browser, place.url);
    await admin.goto('/');
    await expect(admin.getByRole('heading', { name: 'Your place is ready' })).toBeVisible();
    await admin.getByRole('link', { name: 'Create the first account' }).click();
    await expect(admin.getByText('This is the first account here')).toBeVisible();
    const adminEmail = newEmail('alma');
    await fillRegistration(admin, adminEmail, 'Alma');
    await admin.getByRole('button', { name: 'Create account' }).click();
    await confirmed(admin, adminEmail);
    await expect(admin.getByText("You're the admin")).toBeVisible();
    await admin.getByLabel('Name', { exact: true }).fill('Bee Town');
    await admin.getByLabel('Welcome line').fill('For everyone who keeps bees here.');
    await admin.getByLabel('Rules').fill('Be kind.\nNo advertising.');
    await admin.getByLabel('Contact').fill('nobody');
    await admin.getByRole('radio', { name: 'People with an invitation' }).check();
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.getByLabel('Contact')).toHaveAttribute('aria-invalid', 'true');
    await admin.getByLabel('Contact').fill('hello@example.org');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.getByText('Saved.').first()).toBeVisible();
    await expect(admin.getByText("You're the admin")).toHaveCount(0);

    // How it looks: a file that is no picture is refused, and a wide logo takes the place of the name.
    const file = (mimeType: string, buffer: Buffer) => ({ name: 'logo.png', mimeType, buffer });
    await admin.getByLabel('New logo').setInputFiles(file('image/png', Buffer.from('no picture')));
    await admin.getByRole('button', { name: 'Save logo' }).click();
    await expect(admin.getByLabel('New logo')).toHaveAttribute('aria-invalid', 'true');
    await admin
      .getByLabel('New logo')
      .setInputFiles(file('image/png', await drawWordmark('Bee Town')));
    await admin.getByRole('button', { name: 'Save logo' }).click();
    await expect(admin.getByText('Logo updated.').first()).toBeVisible();
    await admin.getByRole('radio', { name: 'Plum' }).check();
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(admin.locator('html')).toHaveAttribute('data-colour', 'plum');

    // What visitors see now.
    const guest = await visitorOf(browser, place.url);
    await guest.goto('/');
    await expect(guest.locator('html')).toHaveAttribute('data-colour', 'plum');
    const mark = guest.getByRole('img', { name: 'Bee Town' }).first();
    expect(await mark.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(400);
    const manifest = await (await guest.request.get('/manifest.webmanifest')).json();
    expect(manifest.name).toBe('Bee Town');
    for (const { src } of manifest.icons)
      expect((await guest.request.get(src)).headers()['content-type']).toBe('image/png');
    await expect(guest).toHaveTitle('Bee Town');
    await expect(guest.getByText('For everyone who keeps bees here.')).toBeVisible();
    await guest.getByRole('link', { name: 'Rules' }).click();
    await expect(guest.getByRole('listitem')).toHaveText(['Be kind.', 'No advertising.']);
    await guest.goto('/register');
    await expect(guest.getByText('You need an invitation')).toBeVisible();
    await expect(guest.getByLabel('First name')).toHaveCount(0);
    await guest.goto('/register?invitation=nonsense');
    await expect(guest.getByText("This invitation isn't valid.")).toBeVisible();

    // An invitation for one.
    await admin.getByRole('link', { name: 'Invitations' }).click();
    await admin.getByLabel("Who's it for?").fill('The choir');
    await admin.getByRole('button', { name: 'Create link' }).click();
    const link = await admin.getByLabel('The link').inputValue();
    await guest.goto(link);
    await expect(guest.getByText("You're invited to Bee Town")).toBeVisible();
    const guestEmail = newEmail('gus');
    await fillOn(guest, guestEmail, 'Gus');
    await guest.getByRole('button', { name: 'Create account' }).click();
    await expect(guest.getByText('Please accept the rules first.')).toBeVisible();
    await guest.getByLabel('I accept the rules').check();
    await guest.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
    await guest.getByRole('button', { name: 'Create account' }).click();
    await confirmed(guest, guestEmail);
    await signedInAs(guest, 'Gus');
    await expect(guest.getByRole('link', { name: 'Admin' })).toHaveCount(0);
    await guest.goto('/admin');
    await expect(guest.getByText("Your role doesn't allow this.")).toBeVisible();
    const late = await visitorOf(browser, place.url);
    await late.goto(link);
    await expect(late.getByText('This invitation has been used up.')).toBeVisible();
    await admin.goto('/admin/invitations');
    await expect(admin.getByRole('main')).toContainText('1 of 1 used');
    await expect(admin.getByRole('main').getByRole('link', { name: 'Gus Okafor' })).toBeVisible();

    // Somebody asks to join.
    await choose(admin, 'People you let in');
    await late.goto('/');
    await late.getByRole('main').getByRole('link', { name: 'Ask to join' }).click();
    const lateEmail = newEmail('lena');
    await fillOn(late, lateEmail, 'Lena');
    await late.getByLabel('Who are you?').fill('I keep two hives behind the mill.');
    await late.getByLabel('I accept the rules').check();
    await late.getByRole('button', { name: 'Ask to join' }).click();
    await confirmed(late, lateEmail);
    await expect(late.getByRole('heading', { name: 'Now an admin decides' })).toBeVisible();
    await logIn(late, lateEmail);
    await expect(late.getByText('an admin still has to let you in')).toBeVisible();
    await logIn(late, lateEmail, 'not the password');
    await expect(late.getByText('Incorrect email or password.')).toBeVisible();

    await admin.goto('/');
    await admin
      .getByRole('link', { name: /^Admin/ })
      .first()
      .click();
    await admin.getByRole('link', { name: /^Requests 1 new/ }).click();
    await expect(admin.getByRole('main')).toContainText('I keep two hives behind the mill.');
    const { violations } = await new AxeBuilder({ page: admin }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await admin.getByRole('button', { name: 'Let in: Lena Okafor' }).click();
    await expect(admin.getByText("They're in.")).toBeVisible();
    await expect(admin.getByText('Nobody is waiting')).toBeVisible();
    await logIn(late, lateEmail);
    await signedInAs(late, 'Lena');

    // And helps to look after the place.
    await admin.goto('/admin/people?q=lena');
    await admin.getByRole('link', { name: 'Role of Lena Okafor' }).click();
    await admin.getByRole('radio', { name: 'Admin' }).check();
    await admin.getByLabel('Your password', { exact: true }).fill('not the password');
    await admin.getByRole('button', { name: 'Change role' }).click();
    await expect(admin.getByText("That's not your current password.")).toBeVisible();
    await admin.getByLabel('Your password', { exact: true }).fill(CAST_PASSWORD);
    await admin.getByRole('button', { name: 'Change role' }).click();
    await expect(admin.getByText("Role changed. We've emailed them.").first()).toBeVisible();
    await late.goto('/admin');
    await expect(late.getByRole('heading', { name: 'This site' })).toBeVisible();
  } finally {
    await place.leave();
  }
});

test('every colour of a site can be read, in light and dark', async ({ browser }) => {
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  const faults: string[] = [];
  const check = async (path: string) => {
    await page.goto(path);
    await withoutMotion(page);
    for (const colorScheme of ['light', 'dark'] as const)
      for (const colour of SITE_COLOURS) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate((chosen) => {
          document.documentElement.dataset['colour'] = chosen;
        }, colour);
        const { violations } = await new AxeBuilder({ page })
          .withRules(['color-contrast', 'link-in-text-block'])
          .analyze();
        for (const { nodes } of violations)
          faults.push(`${path} ${colour} ${colorScheme}: ${nodes.map(({ target }) => target)}`);
      }
  };
  await check('/welcome');
  await logIn(page, castMember('Ada').email);
  await signedInAs(page, 'Ada');
  await check('/');
  await check('/settings/privacy');
  expect(faults).toEqual([]);
});
