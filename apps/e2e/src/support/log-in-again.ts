import { CAST_PASSWORD } from '@echomate/testing/cast';
import { expect, type Page } from './story.js';

/** As if it had been ended from another device. */
export const endSession = async (page: Page) =>
  expect((await page.request.post('/api/v1/auth/logout')).ok()).toBe(true);

/** In the dialog that asks for it where one is. */
export const logInAgain = async (page: Page, email: string) => {
  const dialog = page.getByRole('dialog', { name: "You've been logged out" });
  await dialog.getByLabel('Email', { exact: true }).fill(email);
  await dialog.getByLabel('Password', { exact: true }).fill(CAST_PASSWORD);
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(dialog).toBeHidden();
};
