import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Connections, type ConnectionBounds } from '@echomate/intake/connections';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';
import { describeProblem, refuse } from './problem.js';

/** Longer than the slowest permitted body, see `bodies.ts`. */
const LONGEST_REQUEST_MS = 45 * 60_000;

export const CONNECTION_BOUNDS: ConnectionBounds = {
  perNetwork: 500,
  inAll: 8000,
  headersMs: 15_000,
  requestMs: LONGEST_REQUEST_MS,
  idleMs: 5000,
};

export function boundedConnections(server: Server, config: Config): Connections {
  server.on('clientError', answerUnreadable);
  const isTrusted = proxyAddr.compile(config.trustedProxies);
  return new Connections(
    server,
    CONNECTION_BOUNDS,
    (address) => !config.rateLimits || isTrusted(address, 0),
  );
}

/** Input that is not HTTP, or states contradictory body lengths, never becomes a request. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { _httpMessage: answering } = socket as { _httpMessage?: { _headerSent: boolean } };
  if (socket.writable && error.code !== 'ECONNRESET' && !answering?._headerSent) {
    const code = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'too-slow' : 'malformed-request';
    const problem = describeProblem(refuse(code), randomUUID());
    const body = JSON.stringify(problem);
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n` +
        'Content-Type: application/problem+json\r\n' +
        'Cache-Control: private, no-store\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n` +
        `Connection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
