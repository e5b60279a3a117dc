import type { Page } from '@playwright/test';
import { drawScene } from '@echomate/testing/scenery';
import { describePicture } from '../support/posts.js';

/** The addresses of what the cast made, as Hanna finds them. */
export interface Places {
  honey: string;
  edited: string;
  friend: string;
  private: string;
  own: string;
  away: string;
  /** By the first words of their titles */
  groups: Record<'choir' | 'bees' | 'kites' | 'trains', string>;
  /** By the first words of their titles, of groups that Hanna is in */
  events: Record<'sugar' | 'night' | 'hives' | 'honey' | 'concert', string>;
  chats: Record<'ada' | 'choir', string>;
}

export interface Shot {
  name: string;
  path: string | ((places: Places) => string);
  /** Hanna follows many, Goran has requests, a newcomer has nothing */
  as: 'nobody' | 'Hanna' | 'Ada' | 'Iker' | 'Kasia' | 'Goran' | 'newcomer';
  /** What to do before the picture is taken */
  act?: (page: Page) => Promise<void>;
  /** Only what is in view, as a dialog covers it */
  isOfView?: boolean;
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

/** The page of a new group with nothing in it. */
const foundGroup = async (page: Page): Promise<string> => {
  const answer = await page.request.post('/api/v1/groups', { data: { title: 'Early risers' } });
  const { id } = (await answer.json()) as { id: string };
  return `/groups/${id}`;
};

/** Opens the form behind a link, in its dialog. */
const openForm = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const NOBODY = '01900000-0000-7000-8000-000000000000';

export const SHOTS: Shot[] = [
  // ——— for everyone
  { name: 'landing', path: '/', as: 'nobody' },
  { name: 'log in', path: '/login', as: 'nobody' },
  {
    name: 'log in, refused',
    path: '/login',
    as: 'nobody',
    async act(page) {
      await page.getByLabel('Email', { exact: true }).fill('hanna@example.org');
      await page.getByLabel('Password', { exact: true }).fill('not her password');
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'register', path: '/register', as: 'nobody' },
  {
    name: 'register, refused',
    path: '/register',
    as: 'nobody',
    async act(page) {
      await page.getByLabel('Email', { exact: true }).fill('noor@example');
      await page.getByLabel('Password', { exact: true }).fill('12345678');
      await page.locator('main form button[type=submit]').last().click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'check your mail', path: '/register/check-mail', as: 'nobody' },
  { name: 'forgot password', path: '/forgot-password', as: 'nobody' },
  { name: 'reset password', path: '/reset-password?token=x', as: 'nobody' },
  { name: 'verify email, dead link', path: '/verify-email?token=x', as: 'nobody' },
  { name: 'return email, dead link', path: '/return-email?token=x', as: 'nobody' },
  { name: 'unsubscribe', path: '/unsubscribe/x', as: 'nobody' },
  { name: 'mailbox', path: '/dev/mailbox', as: 'nobody' },
  { name: 'not found', path: '/nothing/here', as: 'nobody' },
  { name: 'api away', path: ({ away }) => `${away}/`, as: 'Hanna' },

  // ——— full
  { name: 'home', path: '/', as: 'Hanna' },
  { name: 'home, top', path: '/?view=top', as: 'Hanna' },
  { name: 'home, mentions', path: '/?view=mentions', as: 'Hanna' },
  { name: 'hashtag', path: '/hashtags/stations', as: 'Hanna' },
  { name: 'post', path: ({ honey }) => honey, as: 'Hanna' },
  { name: 'post likes', path: ({ honey }) => `${honey}/likes`, as: 'Hanna' },
  { name: 'post shares', path: ({ honey }) => `${honey}/shares`, as: 'Hanna' },
  { name: 'post history', path: ({ honey }) => `${honey}/history`, as: 'Hanna' },
  { name: 'share', path: ({ honey }) => `${honey}/share`, as: 'Hanna' },
  { name: 'edit', path: ({ edited }) => `${edited}/edit`, as: 'Hanna' },
  {
    name: 'lightbox',
    path: ({ honey }) => honey,
    as: 'Hanna',
    async act(page) {
      await page.locator('article a:has(img[alt]), article button:has(img[alt])').first().click();
      await page.getByRole('dialog').waitFor();
    },
    isOfView: true,
  },
  {
    name: 'post menu',
    path: '/',
    as: 'Hanna',
    act: press(/^More about/),
    isOfView: true,
  },
  {
    name: 'composer, audience',
    path: '/',
    as: 'Hanna',
    act: press(/^Visible to:/),
    isOfView: true,
  },
  {
    name: 'composer, pictures',
    path: '/',
    as: 'Hanna',
    async act(page) {
      await page.getByLabel('Your post').fill('The harbour this morning, and what came of it.');
      const pictures = (['harbour', 'bread', 'kites'] as const).map(async (scene) => ({
        name: `${scene}.jpg`,
        mimeType: 'image/jpeg',
        buffer: await drawScene(scene),
      }));
      await page
        .locator('main input[type=file]')
        .first()
        .setInputFiles(await Promise.all(pictures));
      await page.getByRole('button', { name: /^ALT/ }).nth(2).waitFor();
      const composer = page.getByRole('region', { name: 'Write a post' });
      await describePicture(composer, 'A boat with a white sail in the harbour');
    },
    isOfView: true,
  },
  {
    name: 'composer, description',
    path: '/',
    as: 'Hanna',
    async act(page) {
      await page
        .locator('main input[type=file]')
        .first()
        .setInputFiles({
          name: 'kites.jpg',
          mimeType: 'image/jpeg',
          buffer: await drawScene('kites'),
        });
      await page.getByRole('button', { name: /^ALT/ }).click();
    },
    isOfView: true,
  },
  { name: 'people', path: '/people', as: 'Hanna' },
  { name: 'people, found', path: '/people?q=a', as: 'Hanna' },
  { name: 'profile of a friend', path: ({ friend }) => friend, as: 'Hanna' },
  { name: 'profile, about', path: ({ friend }) => `${friend}/about`, as: 'Hanna' },
  { name: 'profile, followers', path: ({ friend }) => `${friend}/followers`, as: 'Hanna' },
  { name: 'profile, following', path: ({ friend }) => `${friend}/following`, as: 'Hanna' },
  { name: 'profile, mutuals', path: ({ friend }) => `${friend}/mutuals`, as: 'Hanna' },
  { name: 'private profile', path: ({ private: path }) => path, as: 'Hanna' },
  { name: 'own profile', path: ({ own }) => own, as: 'Hanna' },
  { name: 'view as a stranger', path: '/people/me/view-as?as=stranger', as: 'Hanna' },
  { name: 'requests', path: '/requests', as: 'Goran' },
  { name: 'notifications', path: '/notifications', as: 'Hanna' },
  { name: 'messages', path: '/messages', as: 'Hanna', isOfView: true },
  { name: 'messages, two', path: ({ chats }) => chats.ada, as: 'Hanna', isOfView: true },
  { name: 'messages, group', path: ({ chats }) => chats.choir, as: 'Hanna', isOfView: true },
  {
    name: 'messages, found',
    path: '/messages?q=page',
    as: 'Hanna',
    isOfView: true,
  },
  {
    name: 'messages, emoji',
    path: ({ chats }) => chats.ada,
    as: 'Hanna',
    async act(page) {
      await page.getByRole('button', { name: 'Emoji' }).click();
      await page.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
    },
    isOfView: true,
  },
  { name: 'messages, group tab', path: ({ groups }) => `${groups.choir}/chat`, as: 'Hanna' },
  { name: 'messages, new', path: '/messages/new', as: 'Hanna', isOfView: true },
  {
    name: 'messages, dock',
    path: '/groups',
    as: 'Hanna',
    // Only where there is room for it.
    async act(page) {
      if (page.viewportSize()!.width < 1280) return;
      const dock = page.getByRole('region', { name: 'Chat', exact: true });
      await dock.getByRole('button', { name: /^Messages/ }).click();
      await dock.getByRole('link', { name: /^Ada Okafor/ }).click();
      await dock.getByRole('log').waitFor();
    },
    isOfView: true,
  },
  {
    name: 'notifications, panel',
    path: '/groups',
    as: 'Hanna',
    async act(page) {
      if (page.viewportSize()!.width < 1024) return;
      await page
        .getByRole('link', { name: /^Notifications/ })
        .filter({ visible: true })
        .click();
      await page.getByRole('link', { name: 'See all notifications' }).waitFor();
    },
    isOfView: true,
  },
  { name: 'messages, requests', path: '/messages/requests', as: 'Goran', isOfView: true },
  { name: 'groups', path: '/groups', as: 'Hanna' },
  { name: 'groups, found', path: '/groups?q=bee', as: 'Hanna' },
  { name: 'group, posts', path: ({ groups }) => groups.bees, as: 'Ada' },
  { name: 'group, posts, member', path: ({ groups }) => groups.kites, as: 'Hanna' },
  { name: 'group, members', path: ({ groups }) => `${groups.bees}/members`, as: 'Ada' },
  { name: 'group, about', path: ({ groups }) => `${groups.bees}/about`, as: 'Ada' },
  { name: 'group, invite', path: ({ groups }) => `${groups.bees}/invite`, as: 'Ada' },
  { name: 'group, edit', path: ({ groups }) => `${groups.bees}/edit`, as: 'Ada' },
  { name: 'group, delete', path: ({ groups }) => `${groups.bees}/delete`, as: 'Ada' },
  {
    name: 'group, leave',
    path: ({ groups }) => groups.choir,
    as: 'Hanna',
    async act(page) {
      await page.getByRole('link', { name: 'Leave' }).click();
      await page.getByRole('dialog').waitFor();
    },
    isOfView: true,
  },
  {
    name: 'group, member menu',
    path: ({ groups }) => `${groups.choir}/members`,
    as: 'Hanna',
    act: press(/^More about/),
    isOfView: true,
  },
  { name: 'group, to join', path: ({ groups }) => groups.trains, as: 'Hanna' },
  { name: 'group, invited', path: ({ groups }) => groups.kites, as: 'Kasia' },
  { name: 'groups, invited', path: '/groups', as: 'Kasia' },
  { name: 'group, asked', path: ({ groups }) => groups.bees, as: 'Iker' },
  {
    name: 'groups, create',
    path: '/groups',
    as: 'Hanna',
    act: openForm('Create group'),
    isOfView: true,
  },
  {
    name: 'group, edit over the page',
    path: ({ groups }) => groups.bees,
    as: 'Ada',
    act: openForm('Edit'),
    isOfView: true,
  },
  {
    name: 'group, event, new over the page',
    path: ({ groups }) => `${groups.bees}/events`,
    as: 'Ada',
    act: openForm('New event'),
    isOfView: true,
  },
  {
    name: 'composer, group choice',
    path: '/',
    as: 'Hanna',
    act: press(/^Visible to:/),
    isOfView: true,
  },
  {
    name: 'share, group choice',
    path: ({ honey }) => honey,
    as: 'Hanna',
    async act(page) {
      await page
        .getByRole('link', { name: /^Share/ })
        .first()
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Visible to/ })
        .click();
    },
    isOfView: true,
  },
  { name: 'event', path: ({ events }) => events.sugar, as: 'Hanna' },
  { name: 'event, repeated', path: ({ events }) => events.hives, as: 'Ada' },
  { name: 'event, cancelled', path: ({ events }) => events.night, as: 'Ada' },
  { name: 'event, over', path: ({ events }) => events.honey, as: 'Hanna' },
  { name: 'event, all answers', path: ({ events }) => `${events.sugar}/answers`, as: 'Hanna' },
  { name: 'event, edit', path: ({ events }) => `${events.sugar}/edit`, as: 'Hanna' },
  { name: 'event, edit, repeated', path: ({ events }) => `${events.hives}/edit`, as: 'Ada' },
  { name: 'event, cancel', path: ({ events }) => `${events.hives}/cancel`, as: 'Ada' },
  { name: 'group, events', path: ({ groups }) => `${groups.bees}/events`, as: 'Ada' },
  { name: 'group, events, past', path: ({ groups }) => `${groups.bees}/events?past=1`, as: 'Ada' },
  { name: 'group, event in posts', path: ({ groups }) => groups.choir, as: 'Hanna' },
  { name: 'calendar', path: '/calendar', as: 'Ada' },
  { name: 'search', path: '/search', as: 'Hanna' },
  { name: 'search, all', path: '/search?q=honey', as: 'Hanna' },
  {
    name: 'search, posts, filters',
    path: '/search?q=from:ada+honey&tab=posts',
    as: 'Hanna',
    act: (page) => page.getByText('Filters', { exact: true }).click(),
  },
  {
    name: 'search, typing',
    path: '/search',
    as: 'Hanna',
    async act(page) {
      const box = page.getByRole('search').getByLabel('Search Echomate');
      if (!(await box.isVisible())) return;
      await box.fill('ho');
      await page.getByRole('option').first().waitFor();
    },
    isOfView: true,
  },
  { name: 'settings', path: '/settings', as: 'Hanna' },
  { name: 'insights', path: '/insights', as: 'Ada' },
  { name: 'insights, year', path: '/insights?view=year', as: 'Hanna' },
  { name: 'insights, empty', path: '/insights', as: 'newcomer' },
  {
    name: 'insights, post',
    path: ({ edited }) => `${edited}/insights`,
    as: 'Hanna',
  },
  ...['profile', 'privacy', 'notifications', 'email', 'password', 'sessions'].map(
    (section): Shot => ({
      name: `settings, ${section}`,
      path: `/settings/${section}`,
      as: 'Hanna',
    }),
  ),

  // ——— empty
  { name: 'home, empty', path: '/', as: 'newcomer' },
  { name: 'home, mentions, empty', path: '/?view=mentions', as: 'newcomer' },
  { name: 'own profile, empty', path: ({ own }) => own, as: 'newcomer' },
  { name: 'followers, empty', path: ({ own }) => `${own}/followers`, as: 'newcomer' },
  { name: 'hashtag, empty', path: '/hashtags/nobodyusesthis', as: 'newcomer' },
  { name: 'people, nobody found', path: '/people?q=nobodyhasthisname', as: 'newcomer' },
  { name: 'groups, none found', path: '/groups?q=nobodyfoundedthis', as: 'newcomer' },
  { name: 'search, nothing found', path: '/search?q=nobodywrotethis', as: 'newcomer' },
  { name: 'group, new', path: '/groups/new', as: 'newcomer' },
  { name: 'groups, past, empty', path: '/groups/past', as: 'newcomer' },
  { name: 'groups, calendar, empty', path: '/calendar', as: 'newcomer' },
  {
    name: 'group, events, empty',
    path: '/groups/new',
    as: 'newcomer',
    async act(page) {
      await page.goto(`${await foundGroup(page)}/events`);
    },
  },
  {
    name: 'group, past events, empty',
    path: '/groups/new',
    as: 'newcomer',
    async act(page) {
      await page.goto(`${await foundGroup(page)}/events?past`);
    },
  },
  { name: 'event, new', path: ({ groups }) => `${groups.bees}/events/new`, as: 'Ada' },
  { name: 'requests, empty', path: '/requests', as: 'newcomer' },
  { name: 'notifications, empty', path: '/notifications', as: 'newcomer' },
  { name: 'messages, empty', path: '/messages', as: 'newcomer', isOfView: true },
  { name: 'messages, archived, empty', path: '/messages/archived', as: 'newcomer' },
  {
    name: 'messages, none found',
    path: '/messages?q=nobodywrotethis',
    as: 'newcomer',
    isOfView: true,
  },
  { name: 'messages, gone', path: `/messages/${NOBODY}`, as: 'newcomer', isOfView: true },
  { name: 'settings, blocked, empty', path: '/settings/blocked', as: 'newcomer' },
  { name: 'settings, muted, empty', path: '/settings/muted', as: 'newcomer' },

  // ——— failing
  { name: 'not found, signed in', path: '/nothing/here', as: 'Hanna' },
  { name: 'post that is gone', path: `/posts/${NOBODY}`, as: 'Hanna' },
  { name: 'person who is gone', path: `/people/${NOBODY}`, as: 'Hanna' },
  { name: 'group that is gone', path: `/groups/${NOBODY}`, as: 'Hanna' },
  { name: 'event that is gone', path: `/events/${NOBODY}`, as: 'Hanna' },
  {
    name: 'event, new, refused',
    path: ({ groups }) => `${groups.bees}/events/new`,
    as: 'Ada',
    async act(page) {
      await page.getByLabel('Description').fill('Bring a veil. There is honey cake.');
      const start = page.getByRole('group', { name: 'Start' });
      await start.getByLabel('Day').fill('2020-05-14');
      await start.getByLabel('Time').fill('19:30');
      await page.getByLabel('Places for option 1').fill('0');
      await page.locator('main form button[type=submit]').last().click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  { name: 'groups, one deleted', path: `/groups?deleted=${NOBODY}`, as: 'Hanna' },
  {
    name: 'group, new, refused',
    path: '/groups/new',
    as: 'Hanna',
    async act(page) {
      await page.getByLabel("What it's about").fill('Swarms and honey.');
      await page.locator('main form button[type=submit]').last().click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  },
  {
    name: 'group, event, new, refused',
    path: ({ groups }) => `${groups.bees}/events`,
    as: 'Ada',
    async act(page) {
      await openForm('New event')(page);
      await page.getByRole('dialog').locator('form button[type=submit]').click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
    isOfView: true,
  },
  {
    name: 'group, invite, refused',
    path: ({ groups }) => `${groups.choir}/invite`,
    as: 'Hanna',
    async act(page) {
      await page.locator('main form button[type=submit]').last().click();
      await page.locator('[aria-invalid=true], [role=alert]').first().waitFor();
    },
  },
  {
    name: 'comments that cannot be loaded',
    path: '/',
    as: 'Hanna',
    async act(page) {
      await page.route(/\/api\/.*comments/, (route) => route.abort());
      await page
        .getByRole('link', { name: /comment/i })
        .first()
        .click();
    },
    isOfView: true,
  },
  {
    name: 'settings, password, refused',
    path: '/settings/password',
    as: 'Hanna',
    async act(page) {
      const fields = page.locator('main input[type=password]');
      for (const field of await fields.all()) await field.fill('12345678');
      await page.locator('main form button[type=submit]').last().click();
      await page.locator('[aria-invalid=true], [role=alert]').first().waitFor();
    },
  },
];
