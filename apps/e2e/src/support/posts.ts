import { expect, type Locator, type Page } from '@playwright/test';
import type { Newcomer } from './newcomers.js';
import { visit } from './visits.js';

export const composer = (page: Page) => page.getByRole('region', { name: 'Write a post' });

export const postWith = (page: Page, text: string) =>
  page.getByRole('article').filter({ hasText: text });

/** Opens the home feed until this is in it: what others write gets there a moment later. */
export const visitFeedWith = (page: Page, text: string) =>
  expect(async () => {
    await visit(page, '/');
    await expect(postWith(page, text)).toBeVisible({ timeout: 1000 });
  }).toPass();

/** The draft in the composer is saved a moment after the last key. */
export const untilDraftHas = (page: Page, text: string | RegExp) =>
  expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toMatch(text);

export const menu = async ({ page }: Newcomer, text: string, item: string) => {
  await postWith(page, text).getByRole('button', { name: 'More about this post' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** In a form that has these: who shall see it. */
export const chooseAudience = async (form: Locator, audience: string, chosen?: string) => {
  await form.getByRole('button', { name: /^Visible to:/ }).click();
  const choice = form.getByRole('dialog', { name: 'Who can see this?' });
  await choice.getByText(audience, { exact: true }).click();
  if (chosen) await choice.getByRole('checkbox', { name: chosen }).check();
  await choice.getByRole('button', { name: 'Done' }).click();
};

/** Describes a picture that is still being written about. */
export const describePicture = async (form: Locator, description: string, number = 1) => {
  await form.getByRole('button', { name: `ALT: describe photo ${number}` }).click();
  await form.getByRole('textbox', { name: 'Description' }).fill(description);
  await form.getByRole('button', { name: 'Done' }).click();
};

export const follow = async (who: Newcomer, whom: Newcomer) =>
  expect((await who.page.request.put(`/api/v1/users/${whom.id}/follow`)).ok()).toBe(true);

/** Does through the api what a story is not about. */
export const send = async <Answer = { id: string }>(
  { page }: Newcomer,
  path: string,
  data: object = {},
): Promise<Answer> => {
  const answer = await page.request.post(`/api/v1/${path}`, { data });
  expect(answer.ok(), path).toBe(true);
  return answer.json() as Promise<Answer>;
};

export const publish = (who: Newcomer, content: string, audience = 'public') =>
  send(who, 'posts', { content, audience });
