import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { castMember, logIn, signedInAs } from './support/visits.js';

const PUBLIC = [
  '/',
  '/login',
  '/register',
  '/register/check-mail',
  '/forgot-password',
  '/reset-password?token=x',
  '/verify-email?token=x',
  '/return-email?token=x',
  '/dev/mailbox',
  '/nothing/here',
];
const SIGNED_IN = [
  '/',
  '/settings',
  '/settings/profile',
  '/settings/privacy',
  '/settings/email',
  '/settings/password',
  '/settings/sessions',
  '/settings/blocked',
  '/settings/muted',
  '/people',
  '/?view=top',
  '/?view=mentions',
  '/hashtags/honey',
  '/hashtags/nobodyusesthis',
  '/people?q=a',
  '/people?q=nobodyhasthisname',
  '/requests',
  '/people/me/view-as',
  '/people/me/view-as?as=stranger',
  '/nothing/here',
];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

/** Nothing for axe to find, nothing that overflows sideways, nothing the browser complains about. */
async function expectSound(page: Page, path: string, remarks: string[]) {
  await page.goto(path);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect.soft(found, `axe on ${path}`).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `sideways overflow on ${path}`).toBeLessThanOrEqual(0);
  expect.soft(remarks, `console on ${path}`).toEqual([]);
  remarks.length = 0;
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of SIZES) {
    test(`every page is sound in ${colorScheme} at ${viewport.width} px`, async ({ browser }) => {
      // Some forty pages, each looked at by axe.
      test.setTimeout(300_000);
      const page = await (await browser.newContext({ colorScheme, viewport })).newPage();
      const remarks: string[] = [];
      page.on('console', (message) => {
        // A page that is not there is meant to answer 404.
        if (message.type() === 'error' && !message.text().includes('404'))
          remarks.push(message.text());
      });
      page.on('pageerror', (error) => remarks.push(error.message));
      for (const path of PUBLIC) await expectSound(page, path, remarks);
      await logIn(page, castMember('Hanna').email);
      await signedInAs(page, 'Hanna');
      for (const path of SIGNED_IN) await expectSound(page, path, remarks);
      // Her own page, a friend's, a private stranger's, and a list.
      await page.goto('/people');
      const people = await page
        .getByRole('main')
        .getByRole('link')
        .evaluateAll((links) => [
          ...new Set(
            links
              .map((link) => link.getAttribute('href')!)
              .filter((href) => /^\/people\/[0-9a-f-]{36}$/.test(href)),
          ),
        ]);
      expect(people.length).toBeGreaterThan(5);
      for (const path of people.slice(-12)) await expectSound(page, path, remarks);
      for (const tab of ['about', 'followers'])
        await expectSound(page, `${people.at(-1)!}/${tab}`, remarks);
      // A post with pictures and comments, and the pages behind it.
      await page.goto('/hashtags/honey');
      const [post] = await page
        .getByRole('article')
        .evaluateAll((articles) => articles.map((article) => article.getAttribute('data-post')));
      for (const part of ['', '/likes', '/shares', '/history', '/share'])
        await expectSound(page, `/posts/${post!}${part}`, remarks);
    });
  }
}
