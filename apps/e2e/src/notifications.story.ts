import type { Event } from '@echomate/contracts/events.dto';
import type { NotificationKind } from '@echomate/contracts/notifications.dto';
import { asAdmin, decided } from './support/moderators.js';
import { newcomer, type Newcomer } from './support/newcomers.js';
import { follow, publish, send } from './support/posts.js';
import { expect, test, type Page } from './support/story.js';
import { reload, visit } from './support/visits.js';

const bell = (page: Page) =>
  page.getByRole('link', { name: /^Notifications/ }).filter({ visible: true });
const told = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
/** A new kind is to be added to the story that lets each of them come. */
const EVERY_KIND: Record<NotificationKind, true> = {
  'follow-request': true,
  follower: true,
  'follow-accepted': true,
  'group-invitation': true,
  'group-request': true,
  'group-joined': true,
  'event-created': true,
  'event-changed': true,
  'event-cancelled': true,
  'event-reminder': true,
  comment: true,
  reply: true,
  like: true,
  share: true,
  mention: true,
  'report-decided': true,
  moderated: true,
};
const like = ({ page }: Newcomer, id: string) => page.request.put(`/api/v1/posts/${id}/like`);

test('what happens appears at once on a page that has nothing to do with it, in every tab @meeting', async ({
  browser,
}) => {
  const [ann, ben, cleo] = [
    await newcomer(browser, 'Ann'),
    await newcomer(browser, 'Ben'),
    await newcomer(browser, 'Cleo'),
  ];
  const post = await publish(ann, 'Ripe plums for everyone');
  await visit(ann.page, '/settings/privacy');
  const other = await ann.page.context().newPage();
  await visit(other, '/people');
  await like(ben, post.id);
  await expect(bell(ann.page)).toHaveAccessibleName('Notifications, 1 new');
  await expect(bell(other)).toHaveAccessibleName('Notifications, 1 new');
  await like(cleo, post.id);
  await send(ben, `posts/${post.id}/comments`, { content: 'I take two' });
  await expect(bell(ann.page)).toHaveAccessibleName('Notifications, 2 new');

  await bell(ann.page).click();
  await expect(told(ann.page, 'Cleo Okafor and Ben Okafor liked your post.')).toContainText(
    'Ripe plums for everyone',
  );
  await expect(told(ann.page, 'Ben Okafor commented on your post.')).toBeVisible();
  // Seen here is seen there.
  await expect(bell(ann.page)).toHaveAccessibleName('Notifications');
  await expect(bell(other)).toHaveAccessibleName('Notifications');
  // What comes while the list is open appears in it.
  await follow(cleo, ann);
  await expect(told(ann.page, 'Cleo Okafor started following you.')).toBeVisible();
  await told(ann.page, 'commented on your post').getByRole('link').click();
  await expect(ann.page.getByText('I take two')).toBeVisible();
  await expect(ann.page).toHaveURL(/\/posts\/.+\?comment=.+#comment-/);
});

test('a request and an invitation are answered where they are told @meeting', async ({
  browser,
}) => {
  const [pia, ben] = [await newcomer(browser, 'Pia', 'private'), await newcomer(browser, 'Ben')];
  await visit(pia.page, '/notifications');
  await expect(pia.page.getByRole('heading', { name: 'Nothing yet' })).toBeVisible();
  await follow(ben, pia);
  await told(pia.page, 'Ben Okafor wants to follow you.')
    .getByRole('button', { name: 'Accept Ben Okafor' })
    .click();
  await expect(told(pia.page, 'Ben Okafor now follows you.')).toBeVisible();
  const group = await send(ben, 'groups', { title: 'Pond keepers' });
  await send(ben, `groups/${group.id}/invitations`, { userIds: [pia.id] });
  await told(pia.page, 'Ben Okafor invited you to Pond keepers.')
    .getByRole('button', { name: 'Accept the invitation to Pond keepers' })
    .click();
  await expect(
    pia.page
      .getByText("You're now a member of Pond keepers.")
      .or(pia.page.getByRole('status').filter({ hasText: 'Pond keepers' }))
      .first(),
  ).toBeVisible();
  await visit(ben.page, '/notifications');
  await expect(told(ben.page, 'Pia Okafor accepted your follow request.')).toBeVisible();
});

test('everything that people are told of appears over a page that has nothing to do with it', async ({
  browser,
}) => {
  test.slow();
  const [ann, ben, cleo] = [
    await newcomer(browser, 'Ann', 'private'),
    await newcomer(browser, 'Ben', 'private'),
    await newcomer(browser, 'Cleo'),
  ];
  const does = async (who: Newcomer, method: 'put' | 'post' | 'patch', path: string, data = {}) =>
    expect((await who.page.request[method](`/api/v1/${path}`, { data })).ok(), path).toBe(true);
  await visit(ann.page, '/settings/privacy');
  await bell(ann.page).click();
  const list = ann.page.getByRole('dialog', { name: 'Notifications' });
  const tells = (text: string) => list.getByRole('article').filter({ hasText: text });
  const hears = (text: string) => expect(tells(text)).toBeVisible();

  await follow(ben, ann);
  await tells('Ben Okafor wants to follow you.')
    .getByRole('button', { name: 'Accept Ben Okafor' })
    .click();
  await hears('Ben Okafor now follows you.');
  await follow(ann, ben);
  await does(ben, 'post', `follow-requests/${ann.id}/accept`);
  await hears('Ben Okafor accepted your follow request.');
  await does(ann, 'put', 'users/me/privacy', { visibility: 'public' });
  await follow(cleo, ann);
  await hears('Cleo Okafor started following you.');

  const pond = await send(ben, 'groups', { title: 'Pond keepers' });
  await send(ben, `groups/${pond.id}/invitations`, { userIds: [ann.id] });
  await tells('Ben Okafor invited you to Pond keepers.')
    .getByRole('button', { name: 'Accept the invitation to Pond keepers' })
    .click();
  await expect(ann.page.getByText('Welcome to Pond keepers!').first()).toBeVisible();
  await expect(list.getByRole('button', { name: /invitation to Pond keepers/ })).toHaveCount(0);
  const plums = await send(ann, 'groups', { title: 'Plum pickers' });
  await does(ben, 'post', `groups/${plums.id}/requests`);
  await tells('Ben Okafor asked to join Plum pickers.')
    .getByRole('button', { name: 'Accept Ben Okafor' })
    .click();
  await expect(ann.page.getByText('Ben Okafor is in.').first()).toBeVisible();
  await expect(list.getByRole('button', { name: 'Accept Ben Okafor' })).toHaveCount(0);
  const kites = await send(ben, 'groups', { title: 'Kite club' });
  await does(ann, 'post', `groups/${kites.id}/requests`);
  await does(ben, 'post', `groups/${kites.id}/requests/${ann.id}/accept`);
  await hears('Ben Okafor accepted your request to join Kite club.');

  const plan = async (title: string, inMinutes: number) => {
    const start = new Date(Date.now() + inMinutes * 60_000).toISOString().slice(0, 16);
    const event = await send<Event>(ben, `groups/${pond.id}/events`, { title, start, zone: 'UTC' });
    await hears(`Ben Okafor planned ${title}.`);
    await does(ann, 'put', `events/${event.id}/response`, { optionId: event.options[0]!.id });
    return event;
  };
  // An hour before it is in a minute at most.
  const soon = 'Frog count';
  await plan(soon, 61);
  const { id: walk } = await plan('Night walk', 3 * 24 * 60);
  await does(ben, 'patch', `events/${walk}`, { place: 'At the weir' });
  await hears('Ben Okafor changed Night walk.');
  await does(ben, 'post', `events/${walk}/cancel`);
  await hears('Ben Okafor cancelled Night walk.');

  const words = `Ripe plums ${ann.id}`;
  const post = await publish(ann, words);
  await send(ben, `posts/${post.id}/comments`, { content: 'I take two' });
  await hears('Ben Okafor commented on your post.');
  const comment = await send(ann, `posts/${post.id}/comments`, { content: 'They are free' });
  const answer = { content: 'Thank you', parentId: comment.id };
  await send(ben, `posts/${post.id}/comments`, answer);
  await hears('Ben Okafor replied to your comment.');
  await like(ben, post.id);
  await hears('Ben Okafor liked your post.');
  await send(ben, `posts/${post.id}/share`, { audience: 'followers' });
  await hears('Ben Okafor shared your post.');
  const me = await ann.page.request.get('/api/v1/users/me');
  const { handle } = (await me.json()) as { handle: string };
  const mention = await publish(ben, `Ask @${handle} about ${ben.id}`, 'followers');
  await hears('Ben Okafor mentioned you in a post.');

  const mod = await asAdmin(browser);
  const judged = { reason: 'other', words: 'It is fine.' };
  await decided(mod, ann, mention, ben.id, { decision: 'dismiss', ...judged });
  await hears('Moderators looked at what you reported and left it as it is.');
  await decided(mod, cleo, post, words, { decision: 'warn', ...judged });
  await hears('Moderators have a warning for you.');
  await expect(tells(`${soon} starts within the hour.`)).toBeVisible({ timeout: 120_000 });

  // None of this has moved the page below, and all of it is there in the end.
  await expect(ann.page).toHaveURL(/settings\/privacy$/);
  await ann.page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(bell(ann.page)).toHaveAccessibleName('Notifications');
  const kinds = await visit(ann.page, '/notifications').then(() =>
    ann.page
      .locator('[data-notification]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-notification')!)),
  );
  expect([...new Set(kinds)].sort()).toEqual(Object.keys(EVERY_KIND).sort());
});

test('somebody chooses what to hear of, with scripts and without', async ({ browser }) => {
  const [ann, ben] = [await newcomer(browser, 'Ann'), await newcomer(browser, 'Ben')];
  const post = await publish(ann, 'Quiet plums');
  await visit(ann.page, '/settings/notifications');
  const switchOf = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });
  await expect(switchOf(ann.page, 'Likes: Push')).not.toBeChecked();
  await switchOf(ann.page, 'Likes: Email').check();
  await expect(ann.page.getByText('Notifications updated.')).toBeVisible();
  await reload(ann.page);
  await expect(switchOf(ann.page, 'Likes: Email')).toBeChecked();
  // What is off in the app is off everywhere, and whoever wants an email wants it in the app.
  await switchOf(ann.page, 'Likes: In the app').uncheck();
  await expect(switchOf(ann.page, 'Likes: Email')).not.toBeChecked();
  await like(ben, post.id);
  await send(ben, `posts/${post.id}/comments`, { content: 'Loud' });
  await visit(ann.page, '/notifications');
  await expect(told(ann.page, 'commented on your post')).toBeVisible();
  await expect(told(ann.page, 'liked your post')).toHaveCount(0);
  await reload(ann.page);
  await ann.page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(ann.page.getByText('Everything is marked as read.')).toBeVisible();

  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/settings/notifications');
  await expect(switchOf(page, 'Likes: In the app')).not.toBeChecked();
  await switchOf(page, 'Likes: Push').check();
  await switchOf(page, 'Mentions of me: Email').uncheck();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByText('Notifications updated.')).toBeVisible();
  await expect(switchOf(page, 'Likes: In the app')).toBeChecked();
  await expect(switchOf(page, 'Likes: Push')).toBeChecked();
  await expect(switchOf(page, 'Mentions of me: Email')).not.toBeChecked();
  await expect(switchOf(page, 'Mentions of me: Push')).toBeChecked();
  await page.getByLabel('Quiet from').fill('22:00');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await expect(page.getByText('Please fill this in.')).toBeVisible();
  await page.getByLabel('Quiet until').fill('07:00');
  await page.getByLabel('Daily email').selectOption('Never');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await expect(page.getByText('Notifications updated.')).toBeVisible();
  await expect(page.getByLabel('Quiet from')).toHaveValue('22:00');
  await expect(page.getByLabel('Daily email')).toHaveValue('');
  await page.goto('/notifications');
  await expect(told(page, 'commented on your post')).toBeVisible();
  await context.close();
});

test('devices that get pushes are listed and removed, with scripts and without', async ({
  browser,
}) => {
  const ann = await newcomer(browser, 'Ann');
  // The public key of a browser: a point of the curve.
  const keys = {
    p256dh:
      'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
    auth: 'tBHItJI5svbpez7KI4CCXg',
  };
  const subscribe = (name: string) =>
    ann.page.request.put('/api/v1/notifications/push', {
      data: { endpoint: `https://push.example.org/${name}-${ann.id}`, keys },
    });
  expect((await subscribe('one')).status()).toBe(204);
  await visit(ann.page, '/settings/notifications');
  const list = (page: Page) => page.getByRole('region', { name: 'Push notifications' });
  await expect(list(ann.page)).toContainText('This device');
  await list(ann.page)
    .getByRole('button', { name: /^Remove / })
    .click();
  await expect(ann.page.getByText("won't get push notifications any more")).toBeVisible();
  await expect(list(ann.page).getByRole('button', { name: /^Remove / })).toHaveCount(0);

  await subscribe('two');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await ann.page.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto('/settings/notifications');
  await list(page)
    .getByRole('button', { name: /^Remove / })
    .click();
  await expect(page.getByText("won't get push notifications any more")).toBeVisible();
  await expect(list(page)).toContainText('No device gets push notifications yet.');
  await context.close();
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a push is shown to nobody who looks at a page', async ({ browser }) => {
    const { page } = await newcomer(browser, 'Ann');
    const context = page.context();
    await visit(page, '/people');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const [worker] = context.serviceWorkers();
    // A browser without a screen lets nobody show anything: what would be shown is noted instead.
    await worker!.evaluate(() => {
      const noted: unknown[] = [];
      Object.assign(self, { noted });
      ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
        noted.push([title, options?.body, options?.data]);
      };
    });
    const noted = () => worker!.evaluate(() => Reflect.get(self, 'noted') as unknown[]);
    const { origin } = new URL(page.url());
    const push = async (body: string) => {
      const devtools = await context.newCDPSession(page);
      const registered = new Promise<string>((found) =>
        devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
          if (registrations[0]) found(registrations[0].registrationId);
        }),
      );
      await devtools.send('ServiceWorker.enable');
      await devtools.send('ServiceWorker.deliverPushMessage', {
        origin,
        registrationId: await registered,
        data: JSON.stringify({ title: 'Echomate', body, tag: 'messages', to: '/messages' }),
      });
      await devtools.detach();
    };
    await push('1 new message.');
    await page.goto('about:blank');
    await push('2 new messages.');
    await expect.poll(noted).toEqual([['Echomate', '2 new messages.', '/messages']]);
  });
});
