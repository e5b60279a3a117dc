import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { findBrowser } from '../support/find-browser.js';
import { castMember, logIn, signedInAs } from '../support/visits.js';

const LEAST = 95;
const MOST_SHIFT = 0.02;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const PORT = 20_000 + Math.floor(Math.random() * 20_000);
const REPORTS = 'test-results/lighthouse';

interface Report {
  report: string;
  lhr: {
    categories: Record<
      string,
      { score: number | null; auditRefs: { id: string; weight: number }[] }
    >;
    audits: Record<string, { score: number | null; numericValue?: number; title: string }>;
  };
}
type Lighthouse = (url: string, flags: object, config?: object) => Promise<Report>;

/** Installed by `npm run lighthouse` alone, so there are no types. */
const load = async (file: string) =>
  (await import(new URL(`../../lighthouse/node_modules/lighthouse/${file}`, import.meta.url).href))
    .default;

const PAGES: { name: string; as?: string; path: (page: Page) => Promise<string> }[] = [
  { name: 'landing', path: async () => '/welcome' },
  { name: 'feed', as: 'Hanna', path: async () => '/' },
  { name: 'profile', as: 'Hanna', path: async () => `/@${castMember('Ada').handle}` },
  {
    name: 'post',
    as: 'Hanna',
    async path(page) {
      const answer = await page.request.get('/api/v1/hashtags/honey/posts');
      return `/posts/${(await answer.json()).items[0].id}`;
    },
  },
];

for (const { name, as, path } of PAGES.filter((page) =>
  page.name.includes(process.env['ONLY'] ?? ''),
))
  test(name, async ({ baseURL }) => {
    const lighthouse: Lighthouse = await load('core/index.js');
    const wide: object = await load('core/config/desktop-config.js');
    const profile = await mkdtemp(join(tmpdir(), 'echomate-lighthouse-'));
    const { executablePath, args } = await findBrowser();
    const browser = await chromium.launchPersistentContext(profile, {
      baseURL: baseURL!,
      executablePath,
      args: [...args, `--remote-debugging-port=${PORT}`],
    });
    try {
      const page = await browser.newPage();
      if (as) {
        await logIn(page, castMember(as).email);
        await signedInAs(page, as);
      }
      const url = new URL(await path(page), baseURL).href;
      // Once before, as what is measured is not how the server warms up.
      await page.goto(url, { waitUntil: 'networkidle' });
      await page.close();
      await mkdir(REPORTS, { recursive: true });
      for (const [screen, config] of [
        ['phone', undefined],
        ['wide', wide],
      ] as const) {
        const { lhr, report } = await lighthouse(
          url,
          { port: PORT, output: 'html', logLevel: 'error', onlyCategories: CATEGORIES },
          config,
        );
        await writeFile(join(REPORTS, `${name}-${screen}.html`), report);
        const shift = lhr.audits['cumulative-layout-shift']!.numericValue!;
        const scores = CATEGORIES.map((id) => Math.round((lhr.categories[id]!.score ?? 0) * 100));
        console.log(
          `\n${name}, ${screen}: ${CATEGORIES.map((id, at) => `${id} ${scores[at]}`).join(', ')}, ` +
            `shift ${shift.toFixed(3)}`,
        );
        for (const id of CATEGORIES)
          for (const { id: audit, weight } of lhr.categories[id]!.auditRefs) {
            const { score, title } = lhr.audits[audit]!;
            if (weight > 0 && score !== null && score < 0.9)
              console.log(`  ${id}: ${title} (${score})`);
          }
        for (const [at, id] of CATEGORIES.entries())
          expect.soft(scores[at], `${id}, ${screen}`).toBeGreaterThanOrEqual(LEAST);
        expect.soft(shift, `shift, ${screen}`).toBeLessThan(MOST_SHIFT);
      }
    } finally {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
