import { CAST, CAST_PASSWORD, emailOf, type CastMember } from './cast.js';
import { drawPortrait } from './portrait.js';

export interface Resident extends CastMember {
  id: string;
  email: string;
  /** Authenticates requests as this person */
  cookie: string;
}

/** Registers people through the API and leaves them signed in. */
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
          // In the browser that registered, the link is enough.
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

/** As a browser sends it back. */
function cookieOf(answer: Response, name: string): string {
  const cookie = answer.headers.getSetCookie().find((header) => header.startsWith(`${name}=`));
  if (!cookie) throw new Error(`${answer.url} set no cookie ${name}`);
  return cookie.split(';')[0]!;
}

export async function expectOk(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok)
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response;
}
