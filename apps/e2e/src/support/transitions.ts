import type { Page } from './story.js';

/**
 * Colours change at once: one that ends its transition may begin those of what is inside it, so that axe would judge
 * colours of a moment in between, however often one waits for the transitions that are running.
 */
export const withoutTransitions = (page: Page) =>
  page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important }');
    document.adoptedStyleSheets = [still];
  });
