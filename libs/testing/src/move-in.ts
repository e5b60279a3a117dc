import {
  CAST,
  CAST_ACCEPTS,
  CAST_FOLLOWS,
  CAST_PASSWORD,
  emailOf,
  type CastMember,
} from './cast.js';
import { CAST_POSTS, type CastPost } from './cast-posts.js';
import { drawPortrait } from './portrait.js';
import { drawBee, drawScene } from './scenery.js';

export interface Resident extends CastMember {
  id: string;
  email: string;
  /** Signs requests in this person's name */
  cookie: string;
}

/** Registers people the way anyone registers, and leaves them signed in. */
export async function moveIn(
  apiOrigin: string,
  cast: (CastMember & { email?: string })[] = CAST,
  { withPortraits = true } = {},
): Promise<Resident[]> {
  const api = `${apiOrigin}/api/v1`;
  const residents: Resident[] = [];
  for (const member of cast) {
    const email = member.email ?? emailOf(member);
    const form = new FormData();
    const { portrait: _portrait, email: _email, ...fields } = member;
    for (const [name, value] of Object.entries(fields)) if (value !== null) form.set(name, value);
    form.set('email', email);
    form.set('password', CAST_PASSWORD);
    if (withPortraits)
      form.set(
        'avatar',
        new Blob([new Uint8Array(await drawPortrait(member))], { type: 'image/png' }),
        'portrait.png',
      );
    const registered = await expectOk(
      fetch(`${api}/auth/register`, { method: 'POST', body: form }),
    );
    const token = await mailedToken(api, email);
    const verified = await expectOk(
      fetch(`${api}/auth/email/verify`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          // As the browser that registered it needs no other proof.
          cookie: cookieOf(registered, 'echomate_registration'),
        },
        body: JSON.stringify({ token }),
      }),
    );
    const cookie = cookieOf(verified, 'echomate_session');
    const session = await expectOk(fetch(`${api}/auth/session`, { headers: { cookie } }));
    const { user } = (await session.json()) as { user: { id: string } };
    residents.push({ ...member, id: user.id, email, cookie });
  }
  return residents;
}

/** Who follows whom: enough for every state to be found somewhere. */
export async function getAcquainted(apiOrigin: string, residents: Resident[]): Promise<void> {
  const named = new Map(residents.map((resident) => [resident.firstName, resident]));
  const ask = (by: Resident, method: string, path: string) =>
    expectOk(fetch(`${apiOrigin}/api/v1/${path}`, { method, headers: { cookie: by.cookie } }));
  for (const [follower, followees] of Object.entries(CAST_FOLLOWS)) {
    for (const followee of followees) {
      await ask(named.get(follower)!, 'PUT', `users/${named.get(followee)!.id}/follow`);
    }
  }
  for (const [reserved, accepted] of Object.entries(CAST_ACCEPTS)) {
    for (const follower of accepted) {
      await ask(named.get(reserved)!, 'POST', `follow-requests/${named.get(follower)!.id}/accept`);
    }
  }
}

/** What they write, like and say to each other, once they are acquainted. */
export async function liveTogether(apiOrigin: string, residents: Resident[]): Promise<void> {
  const named = new Map(residents.map((resident) => [resident.firstName, resident]));
  const idOf = (name: string) => named.get(name)!.id;
  const withMentions = (text: string | undefined) =>
    text?.replaceAll(/@(\p{L}+)/gu, (all, name: string) =>
      named.has(name) ? `@${idOf(name)}` : all,
    );
  const ask = async (by: string, method: string, path: string, body?: object) => {
    const headers: Record<string, string> = { cookie: named.get(by)!.cookie };
    const isForm = body instanceof FormData;
    if (body && !isForm) headers['Content-Type'] = 'application/json';
    const answer = await expectOk(
      fetch(`${apiOrigin}/api/v1/${path}`, {
        method,
        headers,
        body: isForm ? body : body && JSON.stringify(body),
      }),
    );
    return (await answer.json()) as { id: string };
  };
  const upload = async (
    by: string,
    { scene, alt }: NonNullable<CastPost['pictures']>[number],
  ): Promise<string> => {
    const form = new FormData();
    const bytes = scene === 'bee' ? await drawBee() : await drawScene(scene);
    form.set('file', new Blob([new Uint8Array(bytes)]), scene);
    const { id } = await ask(by, 'POST', 'media', form);
    await ask(by, 'PATCH', `media/${id}`, { alt });
    return id;
  };

  const titled = new Map<string, string>();
  for (const post of CAST_POSTS) {
    const text = { audience: post.audience, content: withMentions(post.content) };
    let id: string;
    if (post.shares) {
      ({ id } = await ask(post.by, 'POST', `posts/${titled.get(post.shares)!}/share`, text));
    } else {
      const mediaIds: string[] = [];
      for (const picture of post.pictures ?? []) mediaIds.push(await upload(post.by, picture));
      ({ id } = await ask(post.by, 'POST', 'posts', {
        ...text,
        title: post.title,
        mediaIds,
        chosenUserIds: post.chosen?.map(idOf),
      }));
    }
    if (post.title) titled.set(post.title, id);
    for (const name of post.likedBy ?? []) await ask(name, 'PUT', `posts/${id}/like`);
    for (const { by, content, replies = [] } of post.comments ?? []) {
      const comment = await ask(by, 'POST', `posts/${id}/comments`, { content });
      for (const reply of replies)
        await ask(reply.by, 'POST', `posts/${id}/comments`, {
          content: reply.content,
          parentId: comment.id,
        });
    }
  }
}

async function mailedToken(api: string, email: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const response = await expectOk(fetch(`${api}/dev/mailbox`));
    const { items } = (await response.json()) as { items: { to: string; text: string }[] };
    const [, token] = /token=([\w-]+)/.exec(items.find(({ to }) => to === email)?.text ?? '') ?? [];
    if (token) return token;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No mail came for ${email}`);
}

/** As the browser sends it back. */
function cookieOf(answer: Response, name: string): string {
  const cookie = answer.headers.getSetCookie().find((header) => header.startsWith(`${name}=`));
  if (!cookie) throw new Error(`${answer.url} set no cookie ${name}`);
  return cookie.split(';')[0]!;
}

async function expectOk(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok)
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response;
}
