import { randomUUID } from 'node:crypto';
import type { Newcomer } from './newcomers.js';
import { send } from './posts.js';
import { expect, type Page } from './story.js';
import { scriptsReady } from './visits.js';

export const conversationOf = (who: Newcomer, whom: Newcomer) =>
  send(who, 'conversations', { userId: whom.id });

export const say = (who: Newcomer, id: string, content: string) =>
  send(who, `conversations/${id}/messages`, { content, clientId: randomUUID() });

export const message = (page: Page, text: string | RegExp) => page.getByRole('log').getByText(text);

export const write = async (page: Page, text: string) => {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
};

/** Its socket is open: what is said now is heard. */
export const isLive = async (page: Page) => {
  await scriptsReady(page);
  await expect(page.locator('[data-live]')).toBeAttached();
};
