import type { DataExport } from '@echomate/contracts/leaving.dto';
import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expectAccessible } from './support/accessible.js';
import { newcomer, openProfile, type Newcomer } from './support/newcomers.js';
import { postWith, publish, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { visit } from './support/visits.js';

const main = (page: Page) => page.getByRole('main');
/** What somebody downloads before they leave. */
async function archiveOf(who: Newcomer): Promise<Buffer> {
  await send(who, 'users/me/export', { password: CAST_PASSWORD });
  await expect(async () => {
    const answer = await who.page.request.get('/api/v1/users/me/export');
    expect(((await answer.json()) as { export: DataExport }).export.state).toBe('ready');
  }).toPass({ timeout: 60_000 });
  return (await who.page.request.get('/api/v1/users/me/export/archive')).body();
}

test('somebody brings their data along: posts with dates and where they come from', async ({
  browser,
}) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  const friend = await newcomer(browser, 'Philippa', 'public', undefined, true);
  expect((await ann.page.request.put(`/api/v1/users/${friend.id}/follow`)).ok()).toBe(true);
  await publish(ann, 'Quinces from there');
  await publish(ann, 'Only for me there', 'me');
  await send(ann, 'groups', { title: 'Quince friends' });
  const archive = await archiveOf(ann);
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/zip', buffer });

  const again = await newcomer(browser, 'Anna');
  const { page } = again;
  await visit(page, '/settings');
  await main(page).getByRole('link', { name: 'Import your data' }).click();
  await expect(page).toHaveURL(/settings\/import$/);
  await expectAccessible(page);
  const choose = main(page).getByLabel('Your archive', { exact: true });
  const submit = main(page).getByRole('button', { name: 'Import', exact: true });
  await choose.setInputFiles(file('notes.zip', Buffer.from('these are my notes')));
  await submit.click();
  await expect(main(page).getByText('Choose the ZIP file that you downloaded')).toBeVisible();
  await choose.setInputFiles(file('cut.zip', archive.subarray(0, 2000)));
  await submit.click();
  await expect(main(page).getByText("This isn't an archive of a site like this one.")).toBeVisible({
    timeout: 60_000,
  });
  await expect(main(page).getByText('Nothing was imported.')).toBeVisible();
  await expectAccessible(page);

  await choose.setInputFiles(file('echomate-data.zip', archive));
  await submit.click();
  await expect(main(page).getByRole('heading', { name: 'Your data is here' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(main(page).getByText('2 posts', { exact: true })).toBeVisible();
  await expect(main(page).getByText('1 group, with you as its only member')).toBeVisible();
  await expectAccessible(page);
  const known = main(page).getByRole('region', { name: 'Familiar names' });
  await expect(known.getByText('Same name and handle').first()).toBeVisible();
  await known
    .getByRole('listitem')
    .filter({ hasText: 'Same name and handle' })
    .getByRole('button', { name: /^Follow/ })
    .click();
  await expect(known.getByRole('button', { name: /Following/ }).first()).toBeVisible();

  await openProfile(again, again);
  const post = postWith(page, 'Quinces from there');
  await expect(post.getByText(/^Imported from localhost/)).toBeVisible();
  await expect(postWith(page, 'Only for me there')).toBeVisible();
  await openProfile(ann, again);
  await expect(postWith(ann.page, 'Quinces from there')).toBeVisible();
  await expect(postWith(ann.page, 'Only for me there')).toHaveCount(0);
});

test('without scripts the form leads back to the page, which says how it went', async ({
  browser,
}, testInfo) => {
  test.slow();
  const ann = await newcomer(browser, 'Ann');
  await publish(ann, 'Medlars from there');
  const archive = await archiveOf(ann);
  const again = await newcomer(browser, 'Anna');
  const context = await browser.newContext({
    baseURL: new URL(
      ann.page.url() === 'about:blank' ? testInfo.project.use.baseURL! : ann.page.url(),
    ).origin,
    storageState: await again.page.context().storageState(),
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto('/settings/import');
  const bring = async (buffer: Buffer) => {
    const file = { name: 'echomate-data.zip', mimeType: 'application/zip', buffer };
    await main(page).getByLabel('Your archive', { exact: true }).setInputFiles(file);
    await main(page).getByRole('button', { name: 'Import', exact: true }).click();
  };
  await bring(Buffer.from('these are my notes'));
  await expect(main(page).getByText('Choose the ZIP file that you downloaded')).toBeVisible();
  await bring(archive);
  await expect(async () => {
    await page.goto('/settings/import');
    await expect(main(page).getByRole('heading', { name: 'Your data is here' })).toBeVisible({
      timeout: 1000,
    });
  }).toPass({ timeout: 60_000 });
});
