import { expect, test as base, type Page } from '@playwright/test';
import { watchWrites } from './writes.js';

export { expect, type Browser, type Page } from '@playwright/test';

export const test = base.extend<{ pagesStayAlive: undefined; writesAreSeen: undefined }>({
  writesAreSeen: [
    async ({ browser }, use) => {
      const stop = watchWrites(browser);
      await use(undefined);
      stop();
    },
    { auto: true },
  ],
  /** After every story, no page may be left dead: whatever opened over it must leave nothing behind. */
  pagesStayAlive: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      const own = browser.contexts().filter((context) => !before.has(context));
      for (const page of own.flatMap((context) => context.pages())) await expectAlive(page);
      // Left open, the pages of every story would go on asking and drawing beside the next ones.
      for (const context of own) await context.close();
    },
    { auto: true },
  ],
});

/** What is closing may take a moment. */
const expectAlive = (page: Page) =>
  expect
    .poll(() => (page.isClosed() ? [] : page.evaluate(lockedBy)), {
      message: `what keeps ${page.url()} from being used`,
    })
    .toEqual([]);

/** Runs in the page. */
const lockedBy = () =>
  [document.documentElement, document.body, ...document.body.children].flatMap((element) => {
    const { pointerEvents, overflowY } = getComputedStyle(element);
    const isPage = element === document.body || element === document.documentElement;
    return [
      ...(pointerEvents === 'none' ? [`${element.tagName}: pointer-events: none`] : []),
      ...(isPage && overflowY === 'hidden' ? [`${element.tagName}: overflow: hidden`] : []),
      ...(element.hasAttribute('inert') ? [`${element.tagName}: inert`] : []),
      ...(element.getAttribute('aria-hidden') === 'true' && element.id !== 'svelte-announcer'
        ? [`${element.tagName}: aria-hidden`]
        : []),
    ];
  });
