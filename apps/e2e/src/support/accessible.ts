import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from './story.js';
import { withoutMotion } from './motion.js';

/** Axe finds nothing on the page, once what appears on it is there. */
export async function expectAccessible(page: Page): Promise<void> {
  await withoutMotion(page);
  await page.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation.effect?.getTiming().iterations === 1) animation.finish();
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
}
