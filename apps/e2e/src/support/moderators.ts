import { expect, type Browser, type Page } from '@playwright/test';
import { CAST, CAST_PASSWORD, emailOf } from '@echomate/testing/cast';
import type { Newcomer } from './newcomers.js';

/** The first of the cast opened the first account, and so is the admin. */
export const asAdmin = async (browser: Browser) => {
  const page = await (await browser.newContext()).newPage();
  const data = { email: emailOf(CAST[0]!), password: CAST_PASSWORD };
  expect((await page.request.post('/api/v1/auth/login', { data })).ok()).toBe(true);
  return page;
};

export const CASES = '/api/v1/moderation/cases';

/** Somebody reports a post with these words, and a moderator decides about it. Returns the id of the case. */
export const decided = async (
  mod: Page,
  reporter: Newcomer,
  post: { id: string },
  words: string,
  decision: { decision: string; days?: number; reason: string; words: string },
): Promise<string> => {
  const data = { kind: 'post', id: post.id, reason: decision.reason };
  expect((await reporter.page.request.post('/api/v1/reports', { data })).status()).toBe(204);
  const { items } = (await (await mod.request.get(`${CASES}?limit=100`)).json()) as {
    items: { id: string; excerpt: string }[];
  };
  const { id } = items.find(({ excerpt }) => excerpt.includes(words))!;
  await mod.request.put(`${CASES}/${id}/claim`);
  expect((await mod.request.put(`${CASES}/${id}/decision`, { data: decision })).ok()).toBe(true);
  return id;
};
