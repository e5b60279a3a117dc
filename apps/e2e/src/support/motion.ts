import type { Page } from './story.js';

/**
 * Nothing moves from now on, and colours change at once: one that ends its transition may begin those of what is inside
 * it, so that axe would judge colours of a moment in between, however often one waits for those that are running.
 */
export const withoutMotion = (page: Page) =>
  page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync(
      '*, ::before, ::after { transition: none !important; animation: none !important }',
    );
    document.adoptedStyleSheets = [still];
  });
