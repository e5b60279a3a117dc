import AxeBuilder from '@axe-core/playwright';
import type { ConversationPage } from '@echomate/contracts/chat.dto';
import type { Event } from '@echomate/contracts/events.dto';
import { drawScene } from '@echomate/testing/scenery';
import { expect, test, type Page } from './support/story.js';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { composer, send } from './support/posts.js';
import { withoutMotion } from './support/motion.js';
import { castMember, logIn, signedInAs, visit } from './support/visits.js';

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
  '/rules',
  '/transparency',
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
  '/settings/history',
  '/settings/apps',
  '/settings/blocked',
  '/settings/muted',
  '/settings/suggestions',
  '/settings/import',
  '/settings/logins',
  '/settings/passkeys',
  '/settings/two-step',
  '/people',
  '/?view=top',
  '/?view=mentions',
  '/hashtags/honey',
  '/hashtags/nobodyusesthis',
  '/people?q=a',
  '/people?q=nobodyhasthisname',
  '/requests',
  '/groups',
  '/groups?q=bee',
  '/groups?q=nobodyfoundedthis',
  '/groups/new',
  '/calendar',
  '/notifications',
  '/insights',
  '/insights?view=year',
  '/settings/notifications',
  '/messages',
  '/messages/new',
  '/messages/requests',
  '/messages/archived',
  '/messages?q=page',
  '/search',
  '/search?q=honey',
  '/search?q=from:ada+honey&tab=posts',
  '/search?q=nobodywrotethis&tab=events',
  '/discover',
  '/discover?view=people',
  '/discover?view=groups',
  '/discover?view=hashtags',
  '/people/me/view-as',
  '/people/me/view-as?as=stranger',
  '/nothing/here',
];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

/** What axe says of colours; all else is the same in light and dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** No findings by axe in light and dark, no horizontal overflow, no errors in the console. */
async function expectSound(page: Page, path: string, remarks: string[]) {
  await page.goto(path);
  await expectNothingFound(page, path, remarks);
}

async function expectNothingFound(page: Page, path: string, remarks: string[]) {
  const inLight = new AxeBuilder({ page }).withTags(TAGS);
  expect.soft(await findings(inLight), `axe on ${path}`).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `sideways overflow on ${path}`).toBeLessThanOrEqual(0);
  await turn(page, 'dark');
  const inDark = new AxeBuilder({ page }).withRules(OF_COLOURS);
  expect.soft(await findings(inDark), `axe on ${path} in dark`).toEqual([]);
  await turn(page, 'light');
  expect.soft(remarks, `console on ${path}`).toEqual([]);
  remarks.length = 0;
}

async function findings(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

async function turn(page: Page, colorScheme: 'light' | 'dark') {
  await withoutMotion(page);
  await page.emulateMedia({ colorScheme });
}

for (const viewport of SIZES) {
  test(`every page is sound at ${viewport.width} px, in light and dark`, async ({ browser }) => {
    // Some forty pages, each checked by axe twice.
    test.setTimeout(1_800_000);
    // Without motion: what is still appearing would be judged by the colours of that moment.
    const context = await browser.newContext({
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport,
    });
    const page = await context.newPage();
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
    // A group that she runs, with somebody waiting; one that she is in, and one that she is not.
    const groups: { items: { id: string; title: string }[] } = await (
      await page.request.get('/api/v1/groups')
    ).json();
    const idOf = (title: string) => groups.items.find((group) => group.title === title)!.id;
    const led = idOf('Choir, altos and friends');
    const noor = await newcomer(browser, 'Noor');
    await noor.page.request.post(`/api/v1/groups/${led}/requests`, { data: {} });
    for (const part of ['', '/chat', '/members', '/about', '/invite', '/edit', '/delete', '/leave'])
      await expectSound(page, `/groups/${led}${part}`, remarks);
    for (const title of ['The Town Beekeepers', 'Slow trains'])
      await expectSound(page, `/groups/${idOf(title)}`, remarks);
    // An event of another zone, whose only place is taken.
    const hanna = { page } as Pick<Newcomer, 'page'> as Newcomer;
    const event = (await send(hanna, `groups/${led}/events`, {
      title: 'Winter concert',
      start: `${new Date().getUTCFullYear() + 1}-12-10T19:30`,
      zone: 'America/New_York',
      options: [{ title: 'Singing', capacity: 1 }, { title: 'Listening' }],
    })) as Event;
    await page.request.put(`/api/v1/events/${event.id}/response`, {
      data: { optionId: event.options[0]!.id },
    });
    for (const part of ['', '/edit', '/cancel', '/answers'])
      await expectSound(page, `/events/${event.id}${part}`, remarks);
    for (const part of ['', '?past', '/new'])
      await expectSound(page, `/groups/${led}/events${part}`, remarks);
    for (const path of SIGNED_IN) await expectSound(page, path, remarks);
    // A conversation with photos, replies and reactions, and what opens in it.
    const chats: ConversationPage = await (await page.request.get('/api/v1/conversations')).json();
    const withAda = chats.items.find(({ person }) => person?.firstName === 'Ada')!;
    await visit(page, `/messages/${withAda.id}`);
    await expectNothingFound(page, 'a conversation', remarks);
    await page.getByRole('button', { name: 'Emoji' }).click();
    await expect(page.getByRole('button', { name: 'grinning face', exact: true })).toBeVisible();
    await expectNothingFound(page, 'the emoji picker', remarks);
    // Her own page, a friend's, a private stranger's, and a list.
    await page.goto('/people');
    const links = page.getByRole('main').getByRole('link');
    await expect(links.nth(6)).toBeVisible();
    const people = await links.evaluateAll((links) => [
      ...new Set(
        links.map((link) => link.getAttribute('href')!).filter((href) => /^\/@[^/]+$/.test(href)),
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
    // What opens beside the frame of a wide page.
    if (viewport.width > 1024) {
      await visit(page, '/people');
      await page
        .getByRole('link', { name: /^Notifications/ })
        .filter({ visible: true })
        .click();
      await expect(page.getByRole('link', { name: 'See all notifications' })).toBeVisible();
      await expectNothingFound(page, 'the panel of notifications', remarks);
      await visit(page, '/people');
      const dock = page.getByRole('region', { name: 'Chat', exact: true });
      await dock.getByRole('button', { name: /^Messages/ }).click();
      await dock.getByRole('link', { name: /^Ada Okafor/ }).click();
      await expect(dock.getByLabel('Your message')).toBeVisible();
      await expectNothingFound(page, 'the chat dock', remarks);
    }
    // What opens over the composer.
    await visit(page, '/');
    const form = composer(page);
    await form.getByRole('button', { name: /^Visible to:/ }).click();
    await expect(form.getByRole('dialog')).toBeVisible();
    await expectNothingFound(page, 'the choice of the audience', remarks);
    await form.getByRole('button', { name: 'Done' }).click();
    await form.locator('input[type=file]').setInputFiles({
      name: 'kites.jpg',
      mimeType: 'image/jpeg',
      buffer: await drawScene('kites'),
    });
    await form.getByRole('button', { name: /^ALT/ }).click();
    await expect(form.getByRole('dialog')).toBeVisible();
    await expectNothingFound(page, 'the description of a picture', remarks);
    await form.getByRole('button', { name: 'Done' }).click();
    await form.getByRole('button', { name: 'Discard draft' }).click();
  });
}

test('the focus ring is thin after a pointer and strong for a keyboard', async ({ page }) => {
  await visit(page, '/login');
  const email = page.getByLabel('Email', { exact: true });
  await email.click();
  await expect(email).toHaveCSS('outline-width', '1px');
  await email.pressSequentially('hanna');
  await expect(email).toHaveCSS('outline-width', '1px');
  await email.press('Tab');
  await expect(page.locator(':focus')).toHaveCSS('outline-width', '3px');
});

test('pictures stand on dark in both themes', async ({ browser }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    await logIn(page, castMember('Hanna').email);
    await signedInAs(page, 'Hanna');
    await visit(page, '/hashtags/honey');
    await page
      .getByRole('article')
      .getByRole('link')
      .filter({ has: page.locator('picture') })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toHaveCSS('background-color', 'oklch(0.175 0.015 222)');
  }
});

test('on a phone a post is in sight at once, writing is one press away, and the bar covers nothing', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await logIn(page, castMember('Hanna').email);
  await signedInAs(page, 'Hanna');
  await visit(page, '/');
  const bar = page.getByRole('navigation', { name: 'Main' }).last();
  const compose = bar.getByRole('link', { name: 'Write a post' });
  const top = (await bar.boundingBox())!.y;
  const first = (await page.getByRole('article').first().boundingBox())!;
  expect(first.y).toBeLessThan(top - 300);

  await visit(page, '/settings');
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = await page
    .getByRole('main')
    .evaluate((main) => main.lastElementChild!.getBoundingClientRect().bottom);
  expect(last).toBeLessThan(top);

  await visit(page, '/');
  await page.evaluate(() => scrollTo(0, 1500));
  const button = (await compose.boundingBox())!;
  expect(button.y + button.height).toBeLessThan(top);
  await compose.tap();
  await expect(page.getByLabel('Your post')).toBeFocused();
  // The keyboard is there now: the bar makes room.
  await expect(bar).toBeHidden();

  await visit(page, '/hashtags/honey');
  await compose.tap();
  await expect(page).toHaveURL(/\/#composer-content$/);
  await expect(page.getByLabel('Your post')).toBeFocused();
});

test('pictures stand in their own shape up to 4:5, never larger than they are', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  const { page } = ann;
  await visit(page, '/');
  const shown = async (width: number, height: number) => {
    const mediaId = await page.evaluate(
      async (size) => {
        const canvas = Object.assign(document.createElement('canvas'), size);
        const brush = canvas.getContext('2d')!;
        brush.fillStyle = 'teal';
        brush.fillRect(0, 0, size.width, size.height);
        const blob = await new Promise<Blob | null>((resolve) =>
          canvas.toBlob(resolve, 'image/png'),
        );
        const form = new FormData();
        form.set('file', blob!, 'drawn.png');
        const answer = await fetch('/api/v1/media', { method: 'POST', body: form });
        return ((await answer.json()) as { id: string }).id;
      },
      { width, height },
    );
    const { id } = await send(ann, 'posts', {
      content: `${width} × ${height}`,
      audience: 'public',
      mediaIds: [mediaId],
    });
    await visit(page, `/posts/${id}`);
    const picture = page.getByRole('article').getByRole('img', { name: 'Photo without' });
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    const box = (await picture.boundingBox())!;
    const room = (await page.getByRole('article').boundingBox())!.width - 2;
    const fit = await picture.evaluate((image) => getComputedStyle(image).objectFit);
    return { width: box.width, shape: box.height / box.width, fit, room };
  };
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    const small = await shown(100, 80);
    expect([small.width, small.shape]).toEqual([100, 0.8]);
    const wide = await shown(1600, 400);
    expect(wide.width).toBeCloseTo(wide.room, 0);
    expect(wide.shape).toBeCloseTo(0.25, 2);
    const photo = await shown(1200, 1600);
    expect(photo.width).toBeCloseTo(photo.room, 0);
    expect([photo.shape.toFixed(2), photo.fit]).toEqual(['1.25', 'cover']);
    const screen = await shown(900, 2000);
    expect([screen.shape.toFixed(2), screen.fit]).toEqual(['1.25', 'contain']);
  }
});
