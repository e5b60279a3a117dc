import type { Browser, BrowserContext, Page, Request } from '@playwright/test';

const unanswered = new Map<Request, BrowserContext>();

/** Notes what the pages of this browser write; pages show the outcome before they have the answer. */
export function watchWrites(browser: Browser): () => void {
  const watch = (context: BrowserContext) => {
    context.on('request', (request) => {
      if (!['GET', 'HEAD'].includes(request.method())) unanswered.set(request, context);
    });
    const settle = (request: Request) => unanswered.delete(request);
    context.on('requestfinished', settle);
    context.on('requestfailed', settle);
    context.on('close', () => {
      for (const [request, owner] of unanswered) if (owner === context) unanswered.delete(request);
    });
  };
  browser.on('context', watch);
  return () => browser.off('context', watch);
}

/** Until every write of any page is answered. What a story keeps from being answered isn't waited for long. */
export async function untilWritten(page: Page): Promise<void> {
  for (const end = Date.now() + 5000; unanswered.size > 0 && Date.now() < end;)
    await page.waitForTimeout(20);
}
