import { join } from 'node:path';
import type { Conversation } from '@echomate/contracts/chat.dto';
import { test, type BrowserContext, type Page } from '@playwright/test';
import { castMember, logIn, scriptsReady, signedInAs } from '../support/visits.js';
import { newcomer } from '../support/newcomers.js';
import { SHOTS, type Places, type Shot } from './pages.js';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
/** A page that goes on and on is cut here. */
const TALLEST = 3000;

const folder = process.env['SCREENSHOTS']!;
const only = process.env['ONLY'] ?? '';

for (const colorScheme of ['light', 'dark'] as const)
  for (const viewport of SIZES)
    test(`${viewport.width} px, ${colorScheme}`, async ({ browser }) => {
      const look = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
      const contexts = new Map<Shot['as'], BrowserContext>();
      const contextOf = async (who: Shot['as']): Promise<BrowserContext> => {
        const context = contexts.get(who) ?? (await browser.newContext(look));
        if (contexts.has(who)) return context;
        contexts.set(who, context);
        if (who === 'newcomer') {
          const cookies = await (await newcomer(browser, 'Noor')).page.context().cookies();
          await context.addCookies(cookies);
        } else if (who !== 'nobody') {
          const page = await context.newPage();
          await logIn(page, castMember(who).email);
          await signedInAs(page, who);
          await page.close();
        }
        return context;
      };
      for (const shot of SHOTS.filter(({ name }) => name.includes(only)))
        await test.step(shot.name, async () => {
          const page = await (await contextOf(shot.as)).newPage();
          const { path } = shot;
          await page.goto(typeof path === 'string' ? path : path(await placesOf(page)));
          if (shot.act) {
            await scriptsReady(page);
            await shot.act(page);
          }
          await settled(page);
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.screenshot({
            path: join(folder, `${shot.name}--${viewport.width}-${colorScheme}.png`),
            animations: 'disabled',
            caret: 'hide',
            ...(!shot.isOfView && {
              fullPage: true,
              clip: { x: 0, y: 0, width: viewport.width, height: Math.min(height, TALLEST) },
            }),
          });
          await page.close();
        });
    });

/** Scripts have run, and every picture has come, also those that wait to be scrolled to. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
  await page.waitForLoadState('networkidle');
}

async function placesOf(page: Page): Promise<Places> {
  const get = async <Body>(path: string): Promise<Body> =>
    (await page.request.get(`/api/v1/${path}`)).json();
  const away = `http://localhost:${Number(process.env['E2E_PORT']) + 2}`;
  const { user } = await get<{ user: { id: string } | null }>('auth/session');
  const own = `/people/${user?.id}`;
  const idOf = async (name: string) =>
    (await get<{ items: { id: string }[] }>(`users?q=${name}`)).items[0]?.id;
  const firstPost = async (path: string) =>
    (await get<{ items: { id: string }[] }>(path)).items?.[0]?.id;
  const noGroups = { choir: '', bees: '', kites: '', trains: '' };
  const noChats = { ada: '', choir: '' };
  const noEvents = { sugar: '', night: '', hives: '', honey: '', concert: '' };
  if (!user)
    return {
      honey: '',
      edited: '',
      friend: '',
      private: '',
      own,
      away,
      groups: noGroups,
      events: noEvents,
      chats: noChats,
    };
  const all = await get<{ items: { id: string; title: string }[] }>('groups');
  const group = (words: string) =>
    `/groups/${all.items.find(({ title }) => title.startsWith(words))?.id}`;
  const planned: { id: string; title: string }[] = [];
  for (const { id, title } of all.items)
    if (/^(The Town Bee|Kite|Choir)/.test(title))
      for (const past of ['', '&past=true'])
        planned.push(
          ...((
            await get<{ items?: { id: string; title: string }[] }>(
              `groups/${id}/events?limit=50${past}`,
            )
          ).items ?? []),
        );
  const event = (words: string) =>
    `/events/${planned.find(({ title }) => title.startsWith(words))?.id}`;
  const chats = await get<{ items: Pick<Conversation, 'id' | 'person' | 'group'>[] }>(
    'conversations',
  );
  const chat = (name: string) => {
    const found = chats.items.find(
      ({ person, group }) => person?.firstName === name || group?.title.startsWith(name),
    );
    return `/messages/${found?.id}`;
  };
  return {
    chats: { ada: chat('Ada'), choir: chat('Choir') },
    honey: `/posts/${await firstPost('hashtags/honey/posts')}`,
    edited: `/posts/${await firstPost(`users/${user.id}/posts`)}`,
    friend: `/people/${await idOf('Ada')}`,
    private: `/people/${await idOf('Goran')}`,
    own,
    away,
    groups: {
      choir: group('Choir'),
      bees: group('The Town Bee'),
      kites: group('Kite'),
      trains: group('Slow'),
    },
    events: {
      sugar: event('Fetching'),
      night: event('Night'),
      hives: event('Evening'),
      honey: event('Honey'),
      concert: event('Concert'),
    },
  };
}
