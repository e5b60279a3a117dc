import type { ClientFrames, ServerPushes } from '@echomate/contracts/realtime';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { signUp } from './people.js';
import { API, type TestApp } from './test-app.js';

export type Line = Socket<ServerPushes, ClientFrames>;

type Browser = Awaited<ReturnType<typeof signUp>>;

/** The `Cookie` header of a signed-in browser. */
export const cookieOf = (app: TestApp, browser: Browser): string =>
  browser.jar
    .getCookies({ domain: new URL(app.url).hostname, path: '/', secure: false, script: false })
    .toValueString();

/** Not yet connected. */
export function lineOf(
  app: TestApp,
  cookie: string | null,
  {
    extraHeaders,
    ...options
  }: Partial<ManagerOptions & SocketOptions> & { extraHeaders?: Record<string, string> } = {},
): Line {
  return io(app.nextUrl(), {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    extraHeaders: { ...(cookie && { cookie }), ...extraHeaders },
    ...options,
  });
}

/** Connects, or throws what the server said. */
export function connected(line: Line): Promise<Line> {
  return new Promise((resolve, reject) => {
    line.once('connect', () => resolve(line));
    line.once('connect_error', reject);
    line.connect();
  });
}

/** A new person with a page open. */
export async function somebody(app: TestApp, email: string) {
  const browser = await signUp(app, { email });
  const cookie = cookieOf(app, browser);
  const { body } = await browser.get(`${API}/auth/session`).expect(200);
  const open = (options?: Parameters<typeof lineOf>[2]) => connected(lineOf(app, cookie, options));
  return {
    browser,
    cookie,
    open,
    id: body.user.id as string,
    sessionId: body.sessionId as string,
  };
}
