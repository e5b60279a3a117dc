import { deflateSync } from 'node:zlib';
import { CAST, CAST_PASSWORD } from '@echomate/testing/cast';
import { moveIn, type Resident } from '@echomate/testing/move-in';
import { collectionOf } from './requests.ts';
import type { Declared, Operation } from '../support/declared.ts';
import type { Slot } from './values.ts';

const NOTHING = '0190a1b2-0000-7000-8000-000000000000';
const PASSWORDS = [CAST_PASSWORD, 'nine red umbrellas'];
/** How many of a kind are remembered: enough for choice, few enough to meet again. */
const KEPT = 40;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const FILES = [
  png,
  png,
  png,
  gif,
  png.subarray(0, 40),
  Buffer.concat([png.subarray(0, 16), Buffer.from([0, 1, 0, 0, 0, 1, 0, 0]), png.subarray(24)]),
  Buffer.from('GIF89a'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
  Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'),
  deflateSync(Buffer.alloc(20_000)),
  Buffer.alloc(0),
];

/** The people, things and sessions that requests are made of. */
export class World {
  private readonly url: string;
  private readonly declared: Declared;
  private readonly viewers: Resident[];
  private readonly things = new Map<string, string[]>();
  private newcomers = 0;

  private constructor(url: string, declared: Declared, residents: Resident[]) {
    this.url = url;
    this.declared = declared;
    this.viewers = residents.slice(0, 4);
    for (const { id } of residents) this.remember('users', id);
  }

  static async build(url: string, declared: Declared): Promise<World> {
    const residents = await moveIn(url, CAST.slice(0, 5), { withPortraits: false });
    const ask = async (by: Resident, method: string, path: string, body?: object) => {
      const answer = await fetch(`${url}/api/v1/${path}`, {
        method,
        headers: { Cookie: by.cookie, ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
      });
      return (await answer.json().catch(() => ({}))) as { id: string };
    };
    for (const by of residents) {
      for (const other of residents) await ask(by, 'PUT', `users/${other.id}/follow`);
      const content = `Hello @${residents[0]!.id} #bees`;
      for (const audience of ['public', 'followers', 'unlisted', 'me'])
        await ask(by, 'POST', 'posts', { audience, content });
    }
    for (const by of residents)
      for (const other of residents) await ask(by, 'POST', `follow-requests/${other.id}/accept`);
    return new World(url, declared, residents);
  }

  /** 0 is nobody. */
  cookieOf(viewer: number): string | undefined {
    return this.viewers[viewer - 1]?.cookie;
  }

  /** After a request has logged somebody out, or has changed their password. */
  async comeBack(viewer: number): Promise<void> {
    if (await this.logIn(this.viewers[viewer - 1]!)) return;
    // They can no longer log in: a new person takes their place.
    await this.letEverybodyIn();
    const { handle: _taken, ...someone } = CAST[viewer - 1]!;
    const member = { ...someone, email: `newcomer${this.newcomers++}@example.org` };
    [this.viewers[viewer - 1]] = (await moveIn(this.url, [member], {
      withPortraits: false,
    })) as [Resident];
    this.remember('users', this.viewers[viewer - 1]!.id);
  }

  private async logIn(person: Resident): Promise<boolean> {
    for (const password of PASSWORDS) {
      const answer = await fetch(`${this.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: person.email, password }),
      });
      const cookie = answer.headers.getSetCookie().find((set) => set.includes('_session='));
      await answer.arrayBuffer();
      if (answer.ok && cookie) {
        person.cookie = cookie.split(';')[0]!;
        return true;
      }
    }
    return false;
  }

  /** Requests of the admin, who came first, may have closed the site or given it rules. */
  private async letEverybodyIn(): Promise<void> {
    const admin = this.viewers[0]!;
    await this.logIn(admin);
    const answer = await fetch(`${this.url}/api/v1/admin/site`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', Cookie: admin.cookie },
      body: JSON.stringify({ registration: 'open', rules: [] }),
    });
    await answer.arrayBuffer();
  }

  fill({ kind, choice }: Slot, viewer: number): string | Buffer {
    if (kind === 'files') return FILES[choice % FILES.length]!;
    if (kind === 'passwords') return PASSWORDS[choice % 4 ? 0 : 1]!;
    if (kind === 'emails')
      return choice % 2
        ? this.viewers[choice % this.viewers.length]!.email
        : `fuzz${choice % 300}@example.org`;
    // Much can be done with one's own things only.
    const own = choice % 3 ? this.things.get(`${kind} of ${viewer}`) : undefined;
    const known = own ?? this.things.get(kind);
    // Now and then something that is not there, or something of another kind.
    if (!known?.length || choice % 19 === 0) return choice % 2 ? NOTHING : `${this.any(choice)}`;
    return known[choice % known.length]!;
  }

  private any(choice: number): string {
    const all = [...this.things.values()].flat();
    return all[choice % all.length] ?? NOTHING;
  }

  /** Stores the ids in an answer, so that later requests can use them. */
  learn(operation: Operation, viewer: number, text: string): void {
    for (const [, path] of text.matchAll(/"(\/api\/v1\/[^"]+)"/g)) {
      const leadsTo = this.declared.operationOf('GET', path!);
      if (leadsTo) this.remember(`urls of ${leadsTo.operationId}`, path!);
    }
    for (const [, token] of text.matchAll(/token=([\w-]{20,})/g)) this.remember('tokens', token!);
    const body = JSON.parse(text) as Shown;
    const kind = collectionOf(operation.path);
    for (const shown of Array.isArray(body.items) ? body.items : [body]) {
      if (shown.id) this.remember(kind, shown.id);
      if (shown.id && operation.method === 'post') this.remember(`${kind} of ${viewer}`, shown.id);
      if (shown.user?.id) this.remember('users', shown.user.id);
      if (shown.sessionId) this.remember('sessions', shown.sessionId);
    }
    if (body.nextCursor) this.remember('cursors', body.nextCursor);
  }

  private remember(kind: string, value: string): void {
    const known = this.things.get(kind) ?? [];
    if (known.includes(value)) return;
    this.things.set(kind, [...known, value].slice(-KEPT));
  }
}

interface Shown {
  items?: Shown[];
  nextCursor?: string | null;
  id?: string;
  sessionId?: string;
  user?: { id: string } | null;
}
