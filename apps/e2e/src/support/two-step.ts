import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expectAccessible } from './accessible.js';
import { appCode, wellWithinStep } from './app-code.js';
import { expect, type Page } from './story.js';
import { visit } from './visits.js';

/** Sets up an app with the code of the step before, so that the current one still works. */
export async function withApp(page: Page) {
  const main = page.getByRole('main');
  const press = (name: string) => main.getByRole('button', { name, exact: true }).click();
  await visit(page, '/settings');
  await main.getByRole('link', { name: 'Two-step login' }).click();
  await expect(page).toHaveURL(/settings\/two-step$/);
  await expectAccessible(page);
  await main.getByLabel('Password', { exact: true }).filter({ visible: true }).fill(CAST_PASSWORD);
  await press('Set up an app');
  await expect(main.getByRole('img', { name: 'QR code' })).toBeVisible();
  await expectAccessible(page);
  const secret = await main.locator('p.font-mono').innerText();
  await main.getByLabel('Code from your app').fill('000000');
  await press('Turn on');
  await expect(main.getByText("This code doesn't work.")).toBeVisible();
  expect(await main.locator('p.font-mono').innerText()).toBe(secret);
  await wellWithinStep();
  await main.getByLabel('Code from your app').fill(appCode(secret, -1));
  await press('Turn on');
  await expect(main.getByText('Keep these recovery codes')).toBeVisible();
  await expectAccessible(page);
  const codes = await main.locator('ul.font-mono li').allInnerTexts();
  expect(codes).toHaveLength(10);
  return { secret, codes };
}
