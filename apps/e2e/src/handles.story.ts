import { expect, test } from './support/story.js';
import { newcomer, openProfile } from './support/newcomers.js';
import {
  fillRegistration,
  followMailedLink,
  newEmail,
  reload,
  signedInAs,
  visit,
} from './support/visits.js';

/** Handles are unique across all stories. */
const unique = (word: string) => `${word}${Date.now().toString(36)}${process.pid.toString(36)}`;

test('a handle is suggested from the name, checked while typing, and chosen', async ({ page }) => {
  const email = newEmail('josefien');
  const handle = unique('jo');
  await visit(page, '/register');
  await fillRegistration(page, email, 'Josefien');
  const field = page.getByRole('textbox', { name: 'Handle' });
  await expect(field).toHaveValue('josefien');

  await field.fill('Ada');
  await expect(page.getByText("@ada isn't available.")).toBeVisible();
  const offer = page.getByRole('button', { name: /^Use @/ });
  const [, free] = /@(\S+)/.exec(await offer.innerText())!;
  await offer.click();
  await expect(field).toHaveValue(free!);
  await field.fill(handle);
  await expect(page.getByText(`@${handle} is available.`)).toBeVisible();

  await field.fill('no way');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('no way');
  await field.fill(`@${handle.toUpperCase()}`);
  await page.getByLabel('Password', { exact: true }).fill('seven green bicycles');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await signedInAs(page, 'Josefien');
  await page.getByRole('link', { name: 'Profile' }).first().click();
  await expect(page).toHaveURL(new RegExp(`/@${handle}$`));
  await expect(page.getByText(`@${handle}`).first()).toBeVisible();
});

test('a profile is at its handle: ids, other letter case and former handles lead there', async ({
  browser,
}) => {
  const [before, after] = [unique('pat'), unique('pat.')];
  const [ann, pat] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Pat', 'public', before),
  ];
  await openProfile(ann, pat);
  await expect(ann.page).toHaveURL(new RegExp(`/@${before}$`));
  await visit(ann.page, `/people/${pat.id}/followers?q=x`);
  await expect(ann.page).toHaveURL(new RegExp(`/@${before}/followers\\?q=x$`));
  await visit(ann.page, `/@${before.toUpperCase()}`);
  await expect(ann.page).toHaveURL(new RegExp(`/@${before}$`));

  await visit(pat.page, '/settings/profile');
  await pat.page.getByRole('textbox', { name: 'Handle' }).fill('ada');
  await pat.page.getByRole('button', { name: 'Save handle' }).click();
  await expect(pat.page.getByText("@ada isn't available").first()).toBeVisible();
  await pat.page.getByRole('textbox', { name: 'Handle' }).fill(after);
  await pat.page.getByRole('button', { name: 'Save handle' }).click();
  await expect(pat.page.getByText('Handle saved.')).toBeVisible();
  await expect(pat.page.getByRole('textbox', { name: 'Handle' })).toHaveValue(after);

  await visit(ann.page, `/@${before}/about`);
  await expect(ann.page).toHaveURL(new RegExp(`/@${after}/about$`));
  await ann.page.getByRole('button', { name: 'Follow Pat Okafor' }).first().click();
  await expect(ann.page.getByRole('button', { name: /^Following/ }).first()).toBeVisible();
  await reload(ann.page);
  await expect(ann.page.getByRole('button', { name: /^Following/ }).first()).toBeVisible();

  // Hidden and absent look the same.
  const texts = [];
  for (const path of ['/@nobody.has.this', '/people/0190a5b4-0000-7000-8000-00000000000a']) {
    await ann.page.goto(path);
    texts.push(await ann.page.getByRole('main').innerText());
  }
  await visit(pat.page, '/people');
  await openProfile(pat, ann);
  await pat.page.getByRole('button', { name: 'More about Ann Okafor' }).click();
  await pat.page.getByRole('menuitem', { name: 'Block' }).click();
  await pat.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await expect(pat.page).toHaveURL(/\/people$/);
  for (const path of [`/@${before}`, `/@${after}`]) {
    await ann.page.goto(path);
    texts.push(await ann.page.getByRole('main').innerText());
  }
  expect(new Set(texts).size).toBe(1);
});

test('somebody is mentioned by typing their handle, and the mention survives its change', async ({
  browser,
}) => {
  const [before, after] = [unique('mo'), unique('moe.')];
  const [ann, mo] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Mo', 'public', before),
  ];
  await visit(ann.page, '/');
  const area = ann.page.getByLabel('Your post');
  await area.click();
  await area.pressSequentially(`Thanks @${before.slice(0, -1)}`);
  await ann.page.getByRole('option', { name: new RegExp(`@${before}`) }).click();
  await expect(area).toHaveValue(`Thanks @${before} `);
  await area.fill(`Thanks @${before}, and hello`);
  await ann.page.getByRole('button', { name: 'Post', exact: true }).click();
  const mention = ann.page.getByRole('article').getByRole('link', { name: `@${before}` });
  await expect(mention).toBeVisible();

  await visit(mo.page, '/?view=mentions');
  await expect(mo.page.getByText('and hello')).toBeVisible();
  await visit(mo.page, '/settings/profile');
  await mo.page.getByRole('textbox', { name: 'Handle' }).fill(after);
  await mo.page.getByRole('button', { name: 'Save handle' }).click();
  await expect(mo.page.getByText('Handle saved.')).toBeVisible();

  await reload(ann.page);
  await ann.page
    .getByRole('article')
    .getByRole('link', { name: `@${after}` })
    .click();
  await expect(ann.page).toHaveURL(new RegExp(`/@${after}$`));
});

test('without scripts a handle is made of the name, and people are followed at their handle', async ({
  browser,
}) => {
  const who = await newcomer(browser, 'Ann');
  const pia = await newcomer(browser, 'Pia', 'private');
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies(await who.page.context().cookies());
  const page = await plain.newPage();
  await page.goto(`/people/${pia.id}`);
  await expect(page).toHaveURL(/\/@pia/);
  await page
    .getByRole('button', { name: /follow/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/@pia/);
  await expect(page.getByText(/Requested/).first()).toBeVisible();

  const stranger = await browser.newContext({ javaScriptEnabled: false });
  const form = await stranger.newPage();
  const email = newEmail('zed');
  await fillRegistration(form, email, 'Zed');
  await expect(form.getByRole('textbox', { name: 'Handle' })).toHaveValue('');
  await form.getByRole('button', { name: 'Create account' }).click();
  await expect(form.getByRole('heading', { name: 'Check your email' })).toBeVisible();
});
