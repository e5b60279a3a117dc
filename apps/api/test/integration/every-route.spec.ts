import { pushService } from '../support/push-service.js';
import { digestToken } from '../../src/modules/notifications/digest-token.js';
import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { v7 as uuid } from 'uuid';
import { declaredBy } from '../support/answers.js';
import { groupOf, planned } from '../support/events.js';
import { found } from '../support/groups.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD, registration } from '../support/people.js';
import { picture } from '../support/pictures.js';
import { comment, listsSettled, upload, write } from '../support/posts.js';
import { API, tokenIn } from '../support/test-app.js';
import { bytesOf } from '../support/uploads.js';

const town = neighbourhood();

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
    await ask(eve, 'put', 'notifications/seen');
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
    await ask(ada, 'get', 'users/suggestions');
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
      ...['groups', 'groups?q=honey', 'groups/suggestions', 'groups/unseen', `groups/${id}`],
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

  it('are all of them', () => {
    const { operations, succeeded } = declaredBy(town.app.app);
    expect(operations.length).toBeGreaterThan(70);
    const notCalled = operations.filter(({ operationId }) => !succeeded.has(operationId));
    expect(notCalled.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
