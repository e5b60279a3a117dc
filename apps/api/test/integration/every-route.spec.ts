import type { Comment, Post } from '@echomate/contracts/posts.dto';
import { declaredBy } from '../support/answers.js';
import { follow, neighbourhood, type Person } from '../support/neighbourhood.js';
import { PASSWORD, registration } from '../support/people.js';
import { picture } from '../support/pictures.js';
import { comment, listsSettled, upload, write } from '../support/posts.js';
import { API, tokenIn } from '../support/test-app.js';
import { bytesOf } from '../support/uploads.js';

const town = neighbourhood();

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Asks, and expects success; whether the answer is as declared is checked of every answer. */
const ask = async (
  who: Pick<Person, 'browser'>,
  method: Method,
  path: string,
  body?: object,
): Promise<Record<string, never>> => {
  const response = await who.browser[method](`${API}/${path}`).send(body);
  if (!response.ok)
    throw new Error(`${method} ${path} → ${response.status} ${JSON.stringify(response.body)}`);
  return response.body;
};

/** The token in the first mail that leads to this page. */
async function mailedToken(email: string, page: string): Promise<string> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const mail = (await town.app.mails(email)).find(({ text }) => text.includes(`/${page}?`));
    if (mail) return tokenIn(mail);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`No mail to ${email} leads to ${page}`);
}

let ada: Person;
let bruno: Person;
beforeAll(async () => {
  ada = await town.newPerson('Ada');
  bruno = await town.newPerson('Bruno');
});

/** Together they call every route; a new route belongs into one of them, or into a new one. */
describe('the routes', () => {
  it('of the server itself', async () => {
    const anyone = { browser: town.app.browser() };
    await ask(anyone, 'get', 'health/live');
    await ask(anyone, 'get', 'health/ready');
    await ask(anyone, 'get', 'dev/mailbox');
  });

  it('of accounts', async () => {
    const chidi = { browser: town.app.browser() };
    const form = registration({ email: 'chidi@example.org', firstName: 'Chidi' });
    await ask(chidi, 'post', 'auth/register', form);
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

  it('are all of them', () => {
    const { operations, succeeded } = declaredBy(town.app.app);
    expect(operations.length).toBeGreaterThan(70);
    const notCalled = operations.filter(({ operationId }) => !succeeded.has(operationId));
    expect(notCalled.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
