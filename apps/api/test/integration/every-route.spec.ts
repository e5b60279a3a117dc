import { pushService } from '../support/push-service.js';
import { digestToken } from '../../src/modules/notifications/digest-token.js';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import type { PasskeyOffer, PasskeyQuestion } from '@echomate/contracts/second-factors.dto';
import type { SearchOverview } from '@echomate/contracts/search.dto';
import { v7 as uuid } from 'uuid';
import { HintsService } from '../../src/modules/discovery/hints.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { sql } from '../../src/platform/database/statements.js';
import { declaredBy } from '../support/answers.js';
import { Authenticator } from '../support/authenticator.js';
import { fakeGithub } from '../support/fake-github.js';
import { groupOf, planned } from '../support/events.js';
import { found } from '../support/groups.js';
import { caseOf, makeRole } from '../support/moderation.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD, registration } from '../support/people.js';
import { picture } from '../support/pictures.js';
import { comment, listsSettled, upload, write } from '../support/posts.js';
import { codeOf } from '../support/second-factors.js';
import { asked, indexSettled, overview } from '../support/search.js';
import { API, tokenIn } from '../support/test-app.js';
import { until } from '../support/until.js';
import { bytesOf } from '../support/uploads.js';

const github = await fakeGithub();
afterAll(() => github.close());
const town = neighbourhood(github.settings);

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Sends a request and expects success; every answer is compared with its declaration anyway. */
const ask = async (
  who: Pick<Person, 'browser'>,
  method: Method,
  path: string,
  body?: object,
): Promise<Record<string, never>> => {
  const response = await who.browser[method](`${API}/${path}`).send(body);
  if (response.status >= 400)
    throw new Error(`${method} ${path} → ${response.status} ${JSON.stringify(response.body)}`);
  return response.body;
};

/** The token in the newest mail that leads to this page. */
const mailedToken = async (email: string, page: string): Promise<string> =>
  tokenIn(await town.app.mailAbout(email, `/${page}?`));

let ada: Person;
let bruno: Person;
beforeAll(async () => {
  ada = await town.newPerson('Ada');
  bruno = await town.newPerson('Bruno');
});

/** Together they call every route; add a new route to one of them, or to a new one. */
describe('the routes', () => {
  it('of the server itself', async () => {
    const anyone = { browser: town.app.browser() };
    await ask(anyone, 'get', 'health/live');
    await ask(anyone, 'get', 'health/ready');
    await ask(anyone, 'get', 'dev/mailbox');
  });

  it('of notifications', async () => {
    const eve = await town.newPerson('Eve');
    const group = await found(eve);
    const post = await write(eve);
    await ask(eve, 'get', 'notifications');
    await ask(eve, 'get', 'notifications/unseen');
    await ask(eve, 'put', 'notifications/seen', { upTo: post.id });
    await ask(eve, 'put', 'notifications/read', {});
    await ask(eve, 'get', 'notifications/preferences');
    await ask(eve, 'patch', 'notifications/preferences', { zone: 'Europe/Berlin' });
    for (const subject of [`posts/${post.id}`, `groups/${group.id}`]) {
      await ask(eve, 'put', `notifications/mutes/${subject}`, {});
      await ask(eve, 'delete', `notifications/mutes/${subject}`);
    }
    await ask(eve, 'get', 'notifications/mutes');
    const token = digestToken(town.app.config.sessionSecret, eve.id);
    const browser = await pushService();
    await ask(eve, 'put', 'notifications/push', {
      ...browser.subscribe(),
      endpoint: 'https://push.example.org/x',
    });
    await browser.close();
    const { devices } = await ask(eve, 'get', 'notifications/push');
    await ask(eve, 'delete', `notifications/push/${devices![0]!['id']}`);
    await ask(eve, 'get', `mail/unsubscribe/${token}`);
    await ask(eve, 'post', `mail/unsubscribe/${token}`);
  });

  it('of accounts', async () => {
    const chidi = { browser: town.app.browser() };
    const form = registration({ email: 'chidi@example.org', firstName: 'Chidi' });
    await ask(chidi, 'get', 'auth/handle?wanted=chidi');
    await ask(chidi, 'post', 'auth/register', { ...form, email: 'chidy@example.org' });
    await ask(chidi, 'put', 'auth/register/email', { email: form.email });
    await ask(chidi, 'post', 'auth/register/resend');
    const token = await mailedToken(form.email, 'verify-email');
    await ask(chidi, 'post', 'auth/email/verify', { token });
    await ask(chidi, 'put', 'auth/password', {
      currentPassword: PASSWORD,
      newPassword: 'nine red umbrellas',
    });
    await ask(chidi, 'post', 'auth/logout');
    await ask(chidi, 'post', 'auth/password/forgot', { email: form.email });
    const reset = await mailedToken(form.email, 'reset-password');
    await ask(chidi, 'post', 'auth/password/reset', { token: reset, newPassword: PASSWORD });
    await ask(chidi, 'post', 'auth/login', { email: form.email, password: PASSWORD });
    await ask(chidi, 'get', 'auth/session');
    await ask(chidi, 'get', 'auth/sessions');
    await ask(chidi, 'delete', 'auth/sessions');
    const newEmail = 'chidi@example.net';
    await ask(chidi, 'post', 'auth/email', { newEmail, password: PASSWORD });
    const moved = await mailedToken(newEmail, 'verify-email');
    await ask(chidi, 'post', 'auth/email/verify', { token: moved });
    const back = await mailedToken(form.email, 'return-email');
    const password = 'nine red umbrellas';
    await ask(chidi, 'post', 'auth/email/return', { token: back, newPassword: password });
    const { sessionId } = await ask(chidi, 'post', 'auth/login', { email: form.email, password });
    await ask(chidi, 'delete', `auth/sessions/${sessionId}`);
  });

  it('of profiles', async () => {
    await ask(ada, 'get', 'users/me');
    await ask(ada, 'patch', 'users/me', { about: 'Bee keeper.' });
    await ask(ada, 'put', 'users/me/handle', { handle: 'ada.new' });
    await ask(ada, 'delete', 'users/me/first-steps');
    await ask(ada, 'put', 'users/me/privacy', { visibility: 'public' });
    await ask(ada, 'get', 'users/me/view-as?as=stranger');
    await ask(ada, 'get', 'users?q=bru');
    await ask(ada, 'get', 'users?fields=id,firstName');
    await ask(ada, 'get', `users/${bruno.id}`);
    await ask(ada, 'get', `users/${bruno.id}?fields=relation`);
    const image = await picture('png');
    for (const kind of ['avatar', 'banner']) {
      await ada.browser.put(`${API}/users/me/${kind}`).attach('file', image, 'a.png').expect(200);
      const me = (await ask(ada, 'get', 'users/me')) as unknown as {
        avatar: { large: string };
        banner: string;
      };
      const path = kind === 'avatar' ? me.avatar.large : me.banner;
      await bytesOf(ada.browser, path).expect(200);
      await ask(ada, 'delete', `users/me/${kind}`);
    }
  });

  it('of following', async () => {
    await follow(bruno, ada).expect(200);
    await ask(ada, 'get', 'followers/unseen');
    await ask(ada, 'get', 'frame');
    await ask(ada, 'put', 'followers/unseen');
    for (const list of ['followers', 'following', 'mutuals', 'activity'])
      await ask(ada, 'get', `users/${bruno.id}/${list}`);
    await ask(ada, 'get', `users/${ada.id}/followers?fields=id`);
    await ask(ada, 'delete', `followers/${bruno.id}`);

    const dora = await town.newPerson('Dora', { visibility: 'private' });
    for (const answer of ['accept', 'decline']) {
      await follow(ada, dora).expect(200);
      await ask(dora, 'get', 'follow-requests');
      await ask(dora, 'post', `follow-requests/${ada.id}/${answer}`);
      await ask(ada, 'delete', `users/${dora.id}/follow`);
    }
    const eva = await town.newPerson('Eva', { visibility: 'private' });
    await follow(ada, eva).expect(200);
    await ask(eva, 'post', `follow-requests/${ada.id}/decline`);
    await ask(eva, 'post', `follow-requests/${ada.id}/restore`);
    for (const list of ['blocks', 'mutes']) {
      await ask(dora, 'put', `users/me/${list}/${ada.id}`);
      await ask(dora, 'get', `users/me/${list}`);
      await ask(dora, 'delete', `users/me/${list}/${ada.id}`);
    }
  });

  it('of uploads', async () => {
    const id = await upload(ada);
    const { urls } = (await ask(ada, 'get', `media/${id}`)) as unknown as {
      urls: { full: string };
    };
    await ask(ada, 'patch', `media/${id}`, { alt: 'Two bees on a sunflower.' });
    const { headers } = await bytesOf(ada.browser, urls.full).expect(200);
    await bytesOf(ada.browser, urls.full, { Range: 'bytes=0-9' }).expect(206);
    await bytesOf(ada.browser, urls.full, { Range: 'bytes=9999999-' }).expect(416);
    await bytesOf(ada.browser, urls.full, { 'If-None-Match': headers['etag']! }).expect(304);
    await ada.browser.head(urls.full).expect(200);
    await ask(ada, 'delete', `media/${id}`);
  });

  it('of posts and feeds', async () => {
    await follow(bruno, ada).expect(200);
    const post = await write(ada, {
      title: 'Bees',
      content: `Honey, @${bruno.id} #honey`,
      mediaIds: [await upload(ada)],
    });
    await ask(ada, 'post', 'posts/audience-preview', { audience: 'followers' });
    await ask(ada, 'get', `posts/${post.id}`);
    await ask(ada, 'get', `posts/${post.id}?fields=id,media`);
    await ask(ada, 'get', `posts?ids=${post.id}`);
    await ask(ada, 'patch', `posts/${post.id}`, { content: `More honey, @${bruno.id} #honey` });
    await ask(ada, 'get', `posts/${post.id}/history`);
    await ask(ada, 'get', `posts/${post.id}/audience`);
    await ask(bruno, 'put', `posts/${post.id}/like`);
    await ask(ada, 'get', `posts/${post.id}/likes`);
    await ask(bruno, 'delete', `posts/${post.id}/like`);
    await ask(bruno, 'post', `posts/${post.id}/share`, { audience: 'public', content: 'Look' });
    for (const list of [`posts/${post.id}/shares`, `users/${ada.id}/posts`, 'hashtags/honey/posts'])
      for (const fields of ['', '?fields=id,author']) await ask(bruno, 'get', list + fields);
    await ask(bruno, 'get', 'users/me/mentions');
    await listsSettled(town.app);
    await ask(bruno, 'get', 'feed');
    await ask(bruno, 'get', 'feed?sort=top');
    await ask(bruno, 'get', 'feed?fields=id,reason');
    await ask(bruno, 'get', `feed/newer?after=${post.id}`);
    await ask(ada, 'put', `posts/${post.id}/audience`, { audience: 'followers' });
    await ask(ada, 'delete', `posts/${post.id}`);
    await ask(ada, 'post', `posts/${post.id}/restore`);
  });

  it('of comments', async () => {
    const post: Post = await write(ada);
    const first: Comment = await comment(bruno, post, { mediaId: await upload(bruno) });
    await comment(ada, post, { parentId: first.id });
    await ask(ada, 'get', `posts/${post.id}/comments`);
    await ask(ada, 'get', `comments/${first.id}`);
    await ask(ada, 'get', `comments/${first.id}/replies`);
    await ask(bruno, 'patch', `comments/${first.id}`, { content: 'Very nice' });
    await ask(ada, 'put', `comments/${first.id}/like`);
    await ask(ada, 'get', `comments/${first.id}/likes`);
    await ask(ada, 'delete', `comments/${first.id}/like`);
    await ask(bruno, 'delete', `comments/${first.id}`);
  });

  it('of groups', async () => {
    const chidi = await town.newPerson('Chidi');
    const { id } = await ask(ada, 'post', 'groups', { title: 'Beekeepers' });
    await ask(ada, 'patch', `groups/${id}`, { description: 'Honey' });
    for (const path of [
      ...['groups', 'groups?q=honey', 'groups/unseen', `groups/${id}`],
      ...['users/me/groups', 'users/me/memberships', 'users/me/group-invitations'],
    ])
      await ask(ada, 'get', path);
    const invite = (whom: Person) =>
      ask(ada, 'post', `groups/${id}/invitations`, { userIds: [whom.id] });
    for (const path of ['members', 'invitations', 'invitable', 'requests', 'posts', 'pinned'])
      await ask(ada, 'get', `groups/${id}/${path}`);
    await invite(chidi);
    await ask(ada, 'delete', `groups/${id}/invitations/${chidi.id}`);
    await invite(chidi);
    await ask(chidi, 'post', `groups/${id}/invitation/decline`);
    await ask(chidi, 'post', `groups/${id}/requests`, { words: 'Two hives' });
    await ask(chidi, 'delete', `groups/${id}/requests/me`);
    await ask(chidi, 'post', `groups/${id}/requests`);
    await ask(ada, 'post', `groups/${id}/requests/${chidi.id}/refuse`);
    await invite(bruno);
    await ask(bruno, 'post', `groups/${id}/invitation/accept`);
    const dana = await town.newPerson('Dana');
    await ask(dana, 'post', `groups/${id}/requests`);
    await ask(ada, 'post', `groups/${id}/requests/${dana.id}/accept`);
    await ask(ada, 'delete', `groups/${id}/members/${dana.id}`);
    const post = await write(bruno, { audience: 'group', groupId: id });
    await ask(ada, 'put', `posts/${post.id}/pin`);
    await ask(ada, 'delete', `posts/${post.id}/pin`);
    await ask(ada, 'put', `groups/${id}/creator`, { userId: bruno.id });
    await ask(ada, 'delete', `groups/${id}/members/me`);
    await ask(bruno, 'delete', `groups/${id}`);
    await ask(bruno, 'post', `groups/${id}/restore`);
  });

  it('of events', async () => {
    const group = await groupOf(ada, bruno);
    const event = await planned(ada, group.id);
    await ask(bruno, 'get', `groups/${group.id}/events`);
    await ask(bruno, 'get', `groups/${group.id}/events?past=true&fields=id,title`);
    await ask(bruno, 'get', 'users/me/events');
    await ask(bruno, 'get', 'users/me/events?fields=id');
    await ask(bruno, 'get', `events/${event.id}`);
    await ask(bruno, 'get', `events/${event.id}?fields=id,options`);
    await ask(ada, 'patch', `events/${event.id}`, { title: 'Honey evening' });
    const optionId = event.options[0]!.id;
    await ask(bruno, 'put', `events/${event.id}/response`, { optionId });
    await ask(ada, 'get', `events/${event.id}/responses?optionId=${optionId}`);
    await ask(bruno, 'delete', `events/${event.id}/response`);
    await ask(bruno, 'get', `events/${event.id}.ics`);
    await ask(ada, 'post', `events/${event.id}/cancel`, {});
    await ask(ada, 'delete', `events/${event.id}`);
    await ask(bruno, 'get', 'users/me/calendar');
    const { url } = await ask(bruno, 'post', 'users/me/calendar');
    await town.app.anyone().get(new URL(url!).pathname).expect(200);
    await ask(bruno, 'delete', 'users/me/calendar');
  });

  it('of discovery', async () => {
    const [eva, finn, gil] = await town.newPeople('Eva', 'Finn', 'Gil');
    const group = await found(gil!);
    const post = await write(finn!, { content: 'Swarming! #bees' });
    for (const who of [eva!, gil!]) await write(who, { content: 'Here, too #bees' });
    await ask(gil!, 'put', `posts/${post.id}/like`);
    await town.app.get(HintsService).settle();
    for (const path of ['people', 'groups?limit=5', 'posts', 'posts?fields=id,reason', 'hashtags'])
      expect((await ask(eva!, 'get', `discovery/${path}`)).items).not.toEqual([]);
    const settings = await ask(eva!, 'get', 'discovery/settings');
    await ask(eva!, 'put', 'discovery/settings', settings);
    const dismissed = [
      `people/${finn!.id}`,
      `groups/${group.id}`,
      `posts/${post.id}`,
      'hashtags/bees',
    ];
    for (const path of dismissed) await ask(eva!, 'put', `discovery/dismissals/${path}`);
    expect((await ask(eva!, 'get', 'discovery/dismissals')).items).toHaveLength(4);
    for (const path of dismissed) await ask(eva!, 'delete', `discovery/dismissals/${path}`);
  });

  it('of moderation', async () => {
    const [eva, finn, gil, hal] = await town.newPeople('Eva', 'Finn', 'Gil', 'Hal');
    for (const one of [gil!, hal!]) await makeRole(town.app, one, 'moderator');
    const mediaIds = [await upload(finn!)];
    const post = await write(finn!, { content: 'Cheap watches', mediaIds });
    await ask(eva!, 'post', 'reports', { kind: 'post', id: post.id, reason: 'spam' });
    const found = (await caseOf(gil!, 'post', 'Cheap watches'))!;
    const path = `moderation/cases/${found.id}`;
    await bytesOf(gil!.browser, `${API}/${path}/media/${mediaIds[0]!}`).expect(200);
    await ask(gil!, 'put', `${path}/claim`);
    await ask(gil!, 'delete', `${path}/claim`);
    await ask(gil!, 'put', `${path}/claim`);
    const words = 'No adverts here, please.';
    await ask(gil!, 'put', `${path}/decision`, { decision: 'remove', reason: 'spam', words });
    await ask(finn!, 'get', `decisions/${found.id}`);
    await ask(gil!, 'get', 'moderation/numbers');
    await ask(gil!, 'get', 'moderation/cases?state=decided');
    await ask(finn!, 'post', `decisions/${found.id}/appeal`, { words: 'They are good watches.' });
    await ask(hal!, 'put', `${path}/claim`);
    await ask(hal!, 'put', `${path}/appeal`, { outcome: 'upheld', words });
    await ask(gil!, 'post', `${path}/undo`);

    const other = await write(finn!, { content: 'Cheaper watches' });
    await ask(eva!, 'post', 'reports', { kind: 'post', id: other.id, reason: 'spam' });
    const worse = (await caseOf(gil!, 'post', 'Cheaper watches'))!;
    await ask(gil!, 'put', `moderation/cases/${worse.id}/claim`);
    const decision = { decision: 'suspend', reason: 'spam', words };
    await ask(gil!, 'put', `moderation/cases/${worse.id}/decision`, decision);
    const outside = { browser: town.app.browser() };
    const login = { email: finn!.email, password: PASSWORD };
    await outside.browser.post(`${API}/auth/login`).send(login).expect(403);
    await ask(outside, 'get', 'suspension');
    await ask(outside, 'post', 'suspension/appeal', { words: 'They are very good watches.' });
  });

  it('of chat', async () => {
    const [eva, finn] = [await town.newPerson('Eva'), await town.newPerson('Finn')];
    await follow(eva, finn).expect(200);
    const { id } = await ask(eva, 'post', 'conversations', { userId: finn.id });
    const send = (content: string) =>
      ask(eva, 'post', `conversations/${id}/messages`, { content, clientId: uuid() });
    const message = await send('Honey');
    for (const path of [
      ...['conversations', 'conversations?archived=true', 'conversations/requests'],
      ...['conversations/unread', 'conversations/search?q=honey', `conversations/${id}`],
      ...[`conversations/${id}/messages`, `conversations/${id}/search?q=honey`],
      ...[`conversations/${id}/messages?around=${message.id!}`, 'users/me/presence'],
    ])
      await ask(finn, 'get', path);
    await ask(finn, 'put', `conversations/${id}/read`, { messageId: message.id });
    await ask(finn, 'post', `conversations/${id}/accept`);
    await ask(finn, 'post', `conversations/${id}/decline`);
    await ask(finn, 'patch', `conversations/${id}`, { isMuted: true, isArchived: true });
    await ask(finn, 'put', `messages/${message.id!}/reaction`, { emoji: '👍' });
    await ask(finn, 'delete', `messages/${message.id!}/reaction`);
    await ask(eva, 'patch', `messages/${message.id!}`, { content: 'More honey' });
    await ask(eva, 'delete', `messages/${message.id!}`);
    await ask(eva, 'put', 'users/me/presence', { isVisible: false });
    const group = await groupOf(eva, finn);
    await ask(finn, 'get', `groups/${group.id}/conversation`);
  });

  it('of search', async () => {
    const eva = await town.newPerson('Eva');
    const post = await write(eva, { content: 'Mistletoe #mistletoe @'.concat(eva.id) });
    await comment(eva, post, { content: 'Mistletoe again' });
    const group = await found(eva, { title: 'Mistletoe' });
    await planned(eva, group.id, { title: 'Mistletoe' });
    await indexSettled(town.app);
    const all: SearchOverview = await overview(eva, 'mistletoe');
    expect(all).toMatchObject({
      groups: [{}],
      hashtags: [{}],
      posts: [{}, {}],
      events: [{}],
    });
    for (const path of ['search/posts', 'search/hashtags', 'search/events'])
      await ask(eva, 'get', `${path}?${asked('mistletoe')}`);
  });

  it('of the site and those who look after it', async () => {
    const nobody = { browser: town.app.browser() };
    await ask(nobody, 'get', 'site');
    await town.app
      .get(Database)
      .transaction((transaction) =>
        transaction.run(sql`UPDATE users SET role = 'admin' WHERE id = ${ada.id}`),
      );
    const settings = await ask(ada, 'get', 'admin/site');
    await ask(ada, 'patch', 'admin/site', { welcome: 'Hello', registration: 'approval' });
    const logo = await picture('png');
    await ada.browser.put(`${API}/admin/site/logo`).attach('file', logo, 'logo.png').expect(200);
    const { mark } = (await ask(ada, 'get', 'site'))['logo'] as unknown as { mark: string };
    await bytesOf(ada.browser, mark).expect(200);
    await ask(ada, 'delete', 'admin/site/logo');
    await ask(ada, 'get', 'admin/statistics?range=year');
    await ask(ada, 'get', 'admin/people?q=bru&role=member');
    await ask(ada, 'get', `admin/people/${bruno.id}`);
    await ask(ada, 'put', `admin/people/${bruno.id}/role`, {
      role: 'moderator',
      password: PASSWORD,
    });
    const { id, token } = await ask(ada, 'post', 'admin/invitations', { maxUses: 2, days: 3 });
    await ask(nobody, 'get', `auth/invitation?token=${token!}`);
    await ask(ada, 'get', 'admin/invitations');
    await ask(ada, 'delete', `admin/invitations/${id!}`);
    for (const answer of ['accept', 'refuse']) {
      const form = registration({ email: `${answer}@example.org`, words: 'Two hives.' });
      const browser = town.app.browser();
      await ask({ browser }, 'post', 'auth/register', form);
      await ask({ browser }, 'post', 'auth/email/verify', {
        token: await mailedToken(form.email, 'verify-email'),
      });
      const { items } = await ask(ada, 'get', 'admin/registrations');
      const [waiting] = items as unknown as { id: string }[];
      await ask(ada, 'post', `admin/registrations/${waiting!.id}/${answer}`, {});
    }
    await ask(ada, 'patch', 'admin/site', { registration: settings['registration'] });
  });

  it('of insights', async () => {
    const post = await write(ada);
    await ask(bruno, 'post', 'visits', { postIds: [post.id], personId: ada.id });
    for (const path of [
      ...['insights', 'insights?range=week', 'insights?range=year', 'insights/settings'],
      `posts/${post.id}/insights`,
    ])
      await ask(ada, 'get', path);
    await ask(ada, 'patch', 'insights/settings', { zone: 'Asia/Kathmandu', isCounted: false });
    await ask(ada, 'patch', 'insights/settings', { isKept: false });
    for (const path of ['insights', `posts/${post.id}/insights`]) await ask(ada, 'get', path);
  });

  it('of programs', async () => {
    const eve = await town.newPerson('Eve');
    const anyone = { browser: town.app.browser() };
    const login = { email: eve.email, password: PASSWORD };
    const first = await ask(anyone, 'post', 'auth/token', login);
    const next = await ask(anyone, 'post', 'auth/token/refresh', {
      refreshToken: first['refreshToken'],
    });
    const made = { name: 'Choir calendar', scopes: ['read'], days: 1, password: PASSWORD };
    const { id } = await ask(eve, 'post', 'auth/tokens', made);
    await ask(eve, 'get', 'auth/tokens');
    await ask(eve, 'get', 'auth/history');
    await ask(eve, 'delete', `auth/tokens/${id}`);
    await ask(anyone, 'post', 'auth/token/revoke', { token: next['refreshToken'] });
  });

  it('of leaving', async () => {
    const eve = await town.newPerson('Eve');
    const password = PASSWORD;
    const login = async () => {
      const browser = town.app.browser();
      const { status } = await browser
        .post(`${API}/auth/login`)
        .send({ email: eve.email, password });
      return { status, browser };
    };
    await ask(eve, 'post', 'users/me/export', { password });
    await until('the archive is ready', async () => {
      const answer = await ask(eve, 'get', 'users/me/export');
      return answer['export']!['state'] === 'ready';
    });
    const archive = await bytesOf(eve.browser, `${API}/users/me/export/archive`);
    expect(archive.status).toBe(200);
    for (const [path, status] of [
      ['users/me/import', 202],
      ['users/me/import/form', 303],
    ] as const)
      await eve.browser
        .post(`${API}/${path}`)
        .attach('file', archive.body as Buffer, 'data.zip')
        .expect(status);
    await ask(eve, 'get', 'users/me/import');
    await ask(eve, 'get', 'users/me/import/people');
    await ask(eve, 'post', 'users/me/deactivation', { password });
    eve.browser = (await login()).browser;
    await ask(eve, 'get', 'users/me/deletion/groups');
    await ask(eve, 'post', 'users/me/deletion', { password, groups: [] });
    const asked = await login();
    expect(asked.status).toBe(403);
    await ask(asked, 'get', 'auth/leaving');
    await ask(asked, 'post', 'auth/leaving/keep');
  });

  it('of second factors', async () => {
    const dora = await town.newPerson('Dora');
    const password = PASSWORD;
    const key = new Authenticator(town.app.config.publicUrl.origin);
    const offer = await ask(dora, 'post', 'auth/passkeys/offer', { password });
    const added = await ask(
      dora,
      'post',
      'auth/passkeys',
      key.create(offer as unknown as PasskeyOffer),
    );
    await ask(dora, 'get', 'auth/passkeys');
    const mine = `auth/passkeys/${String(added['id'])}`;
    await ask(dora, 'patch', mine, { name: 'My old phone' });
    await ask(dora, 'post', 'auth/proof/challenge');
    const setup = await ask(dora, 'post', 'auth/two-step/app', { password });
    await ask(dora, 'put', 'auth/two-step/app', {
      setup: setup['setup'],
      code: codeOf(String(setup['secret'])),
    });
    await ask(dora, 'post', 'auth/two-step/passkeys', { password });
    await ask(dora, 'get', 'auth/two-step');
    const made = await ask(dora, 'post', 'auth/two-step/recovery-codes', { password });
    const browser = town.app.browser();
    const waiting = { ...dora, browser };
    await browser.post(`${API}/auth/login`).send({ email: dora.email, password }).expect(403);
    await ask(waiting, 'get', 'auth/second-factor');
    await ask(waiting, 'post', 'auth/second-factor/challenge');
    const [code] = made['codes'] as unknown as string[];
    await ask(waiting, 'post', 'auth/second-factor', { code });
    const question = await ask(waiting, 'post', 'auth/passkeys/challenge');
    const answer = key.answer(question as unknown as PasskeyQuestion);
    await ask(waiting, 'post', 'auth/passkeys/log-in', answer);
    await ask(dora, 'post', 'auth/two-step/off', { password });
    await ask(dora, 'post', `${mine}/removal`, { password });
  });

  it('of logging in elsewhere', async () => {
    const begun = 'auth/outside/providers/github';
    const come = async (who: Pick<Person, 'browser'>, email: string, id: number, wishes = {}) => {
      const { url } = await ask(who, 'post', `${begun}/begin`, wishes);
      const emails = [{ email, primary: true, verified: true }];
      const query = github.agree(url!, { id, name: null, emails });
      return ask(who, 'post', `${begun}/finish`, { query });
    };
    const newcomer = { browser: town.app.browser() };
    await ask(newcomer, 'get', 'auth/outside');
    expect((await come(newcomer, 'newcomer@example.org', 1)).next).toBe('register');
    await ask(newcomer, 'get', 'auth/outside/unfinished');
    await ask(newcomer, 'post', 'auth/outside/register', {
      firstName: 'New',
      lastName: 'Comer',
      dateOfBirth: '1990-12-31',
    });
    const eve = await town.newPerson('Eve');
    await come(eve, eve.email, 2, { connects: true });
    await ask(eve, 'post', 'auth/outside/connect', { password: PASSWORD });
    const { items } = await ask(eve, 'get', 'auth/outside/connected');
    const path = `auth/outside/connected/${items![0]!['id']}/disconnect`;
    await ask(eve, 'post', path, { password: PASSWORD });
  });

  it('are all of them', () => {
    const { operations, succeeded } = declaredBy(town.app.app);
    expect(operations.length).toBeGreaterThan(70);
    const notCalled = operations.filter(({ operationId }) => !succeeded.has(operationId));
    expect(notCalled.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
