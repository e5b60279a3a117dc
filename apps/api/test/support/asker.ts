import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import type { NewToken } from '@echomate/contracts/programs.dto';
import { SCOPES } from '@echomate/contracts/scopes';
import { API } from './test-app.js';

export interface Answer {
  status: number;
  /** Undefined if it is neither JSON nor text */
  body: unknown;
}

/** A page of people or posts. */
export interface Page<Item = { id: string }> {
  items: Item[];
}

/** Of what the matrix asks, where a token is not enough. */
const SESSION_ONLY = ['frame'].map((path) => `${API}/${path}`);

/** What is hidden answers as if it did not exist. */
export const HIDDEN = 404;

/** The parts of an answer that are compared; of a refusal its status. */
export const told = <Body, Told>(answer: Answer, tell: (body: Body) => Told): Told | number =>
  answer.status === 200 ? tell(answer.body as Body) : answer.status;

const read = (body: string, isJson: boolean): unknown => (isJson ? JSON.parse(body) : body);

/**
 * Sends many requests as a signed-in person or without a session: keeps connections open, and reads bodies that are
 * neither JSON nor text without keeping them.
 */
export class Asker {
  /** The same person's program: asks with a token wherever one is enough */
  withToken?: Asker;

  private constructor(
    private readonly url: string,
    private readonly agent: Agent,
    readonly cookie?: string,
    private readonly token?: string,
  ) {}

  static anonymous(url: string): Asker {
    return new Asker(url, new Agent({ keepAlive: true, maxSockets: 8 }));
  }

  async logIn(email: string, password: string): Promise<Asker> {
    const { headers } = await this.send('POST', `${API}/auth/login`, { email, password });
    const cookies = (headers['set-cookie'] as string[]).map((cookie) => cookie.split(';')[0]);
    const asker = new Asker(this.url, this.agent, cookies.join('; '));
    const wishes = { name: 'Matrix', scopes: SCOPES, days: 30, password };
    const { token } = (await asker.ask('POST', 'auth/tokens', wishes)).body as NewToken;
    asker.withToken = new Asker(this.url, this.agent, asker.cookie, token);
    return asker;
  }

  /** A path below the api's prefix, or a whole one as in the answers. */
  ask(method: string, path: string, body?: object): Promise<Answer> {
    return this.send(method, path.startsWith('/') ? path : `${API}/${path}`, body);
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer & { headers: OutgoingHttpHeaders }> {
    // Never both at once.
    const isTokenEnough = this.token && !SESSION_ONLY.some((one) => path.startsWith(one));
    const headers = {
      ...(isTokenEnough
        ? { Authorization: `Bearer ${this.token}` }
        : this.cookie && { Cookie: this.cookie }),
      ...(body && { 'Content-Type': 'application/json' }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${path}`, { method, headers, agent: this.agent });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server closes connections that idle; a request sent at that moment was not read.
        if (sent.reusedSocket && error.code === 'ECONNRESET')
          resolve(this.send(method, path, body));
        else reject(error);
      });
      sent.on('response', (response) => {
        const parts: Buffer[] = [];
        const type = response.headers['content-type'] ?? '';
        const isJson = /json/.test(type);
        const isRead = isJson || type.startsWith('text/');
        response.on('data', (part: Buffer) => isRead && parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: isRead ? read(Buffer.concat(parts).toString(), isJson) : undefined,
          }),
        );
      });
      sent.end(body && JSON.stringify(body));
    });
  }
}
