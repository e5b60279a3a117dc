import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { networkOf } from '@echomate/intake/network';
import { IoAdapter } from '@nestjs/platform-socket.io';
import proxyAddr from 'proxy-addr';
import type { ServerOptions } from 'socket.io';
import { Config } from '../config/config.js';
import { trustProxy } from '../http/forwarded.js';
import { RateLimits } from '../http/rate-limits.js';
import { isOwnOrigin } from '../http/same-origin.js';
import { bearerIn, Viewers, type RequestViewer } from '../http/viewer.js';

/** Frames carry no content: what is kept goes over HTTP. */
const LARGEST_FRAME_BYTES = 16 * 1024;
/** A page says at once that it is there. */
const GREETS_WITHIN_MS = 10_000;
const CONNECTS_PER_MINUTE = 600;

/** Who opened a connection, as judged by its first request. */
export const viewerOf = new WeakMap<IncomingMessage, RequestViewer>();

/** Refuses connections of strangers and of other sites before there is a socket. */
export class RealtimeAdapter extends IoAdapter {
  private readonly config: Config;
  private readonly viewers: Viewers;
  private readonly limits: RateLimits;

  constructor(
    app: INestApplicationContext,
    /** See `forwarded.ts` */
    private readonly settleForwarded: (request: IncomingMessage) => void,
  ) {
    super(app);
    this.config = app.get(Config);
    this.viewers = app.get(Viewers, { strict: false });
    this.limits = app.get(RateLimits);
  }

  override createIOServer(port: number, given?: ServerOptions) {
    const options: Partial<ServerOptions> = {
      ...given,
      path: '/socket.io',
      serveClient: false,
      cookie: false,
      connectTimeout: GREETS_WITHIN_MS,
      maxHttpBufferSize: LARGEST_FRAME_BYTES,
      // Compressed, lengths would tell of secrets in pushes.
      perMessageDeflate: false,
      httpCompression: false,
      allowRequest: (request, answer) => {
        // Whoever is connected is shown as online, which a program is not.
        if (bearerIn(request.headers) !== null) return answer('no-tokens-on-sockets', false);
        this.admit(request).then(
          (isAdmitted) => answer(null, isAdmitted),
          () => answer('unavailable', false),
        );
      },
    };
    const server = super.createIOServer(port, options as ServerOptions);
    server.engine.use((request: IncomingMessage, _response: unknown, next: () => void) => {
      this.settleForwarded(request);
      next();
    });
    return server;
  }

  private async admit(request: IncomingMessage): Promise<boolean> {
    if (!isOwnOrigin(this.config, request)) return false;
    const network = networkOf(proxyAddr(request, trustProxy(this.config)));
    if (!(await this.limits.isWithin('sockets by address', network, CONNECTS_PER_MINUTE, 1)))
      return false;
    const viewer = await this.viewers.ofCookies(request.headers.cookie);
    if (viewer) viewerOf.set(request, viewer);
    return viewer !== null;
  }
}
