import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import process from 'node:process';
import { Bodies } from '@echomate/intake/bodies';
import { compressWhole } from '@echomate/intake/compression';
import { Connections } from '@echomate/intake/connections';
import { cutUnread } from '@echomate/intake/unread';
import { createProxyServer } from 'httpxy';
import proxyaddr from 'proxy-addr';
import { CONNECTIONS, kindOf, LARGEST_FORM_BYTES, MOST_TO_API } from './bounds.js';
import { answerRefusal } from './refusals.js';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */

const {
  PORT = '3000',
  NODE_ENV,
  HOST = NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1',
  API_ORIGIN = 'http://127.0.0.1:4000',
  PUBLIC_URL,
  TRUSTED_PROXIES = '',
  PROXY_SECRET = '',
  RATE_LIMITS = 'on',
} = process.env;

// SvelteKit reads these while it is imported. The headers named here are the ones set below, never
// those of the browser, so its origin check and client address cannot be talked into anything.
process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
process.env.HOST_HEADER = 'x-forwarded-host';
process.env.ADDRESS_HEADER = 'x-forwarded-for';
process.env.BODY_SIZE_LIMIT = String(LARGEST_FORM_BYTES);
/** @type {{ handler: import('node:http').RequestListener }} */
const { handler } = await import(new URL('./build/handler.js', import.meta.url).href);

const publicUrl = PUBLIC_URL ? new URL(PUBLIC_URL) : undefined;
const trusted = proxyaddr.compile(
  TRUSTED_PROXIES.split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);

/** @param {string | string[] | undefined} header */
const first = (header) => (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();

/** @param {string} name */
const isAboutForwarding = (name) =>
  name.startsWith('x-forwarded-') || ['forwarded', 'x-real-ip', 'x-echomate-proxy'].includes(name);

/**
 * Decides once who is asking and by which address; everything behind reads only these headers.
 *
 * @param {IncomingMessage} req
 * @returns the address of who is asking
 */
const settleForwarding = (req) => {
  const { headers, socket } = req;
  const fromTrusted = trusted(socket.remoteAddress ?? '', 0);
  /** @param {string} name */
  const forwarded = (name) => (fromTrusted ? first(headers[name]) : undefined);
  const host = publicUrl?.host ?? forwarded('x-forwarded-host') ?? headers.host;
  const protocol =
    publicUrl?.protocol.slice(0, -1) ??
    (forwarded('x-forwarded-proto') === 'https' ? 'https' : 'http');
  const address = proxyaddr(req, trusted) ?? '';
  const own = Object.entries(headers).filter(([name]) => !isAboutForwarding(name));
  req.headers = {
    ...Object.fromEntries(own),
    'x-forwarded-for': address,
    'x-forwarded-proto': protocol,
    ...(host && { 'x-forwarded-host': host }),
  };
  return address;
};

const belongsToApi = (url = '/') => /^\/(api|socket\.io)(?=[/?]|$)/.test(url);

const agent = new Agent({ keepAlive: true, maxSockets: MOST_TO_API });
const proxy = createProxyServer({ target: API_ORIGIN, agent, proxyTimeout: 120_000 });

/**
 * @param {IncomingMessage} req
 * @param {ServerResponse} res
 */
const passToApi = (req, res) => {
  req.headers['x-echomate-proxy'] = PROXY_SECRET;
  proxy.web(req, res).catch(() => answerRefusal('unavailable', req, res));
};

// A proxied request whose browser has left, or was cut off, must not keep the api working.
proxy.on('proxyReq', (upstream, req, res) => {
  res.once?.('close', () => {
    if (!res.writableFinished || !req.complete) upstream.destroy();
  });
});
proxy.on('error', (_error, req, res) => {
  if (req && res && 'writeHead' in res) answerRefusal('unavailable', req, res);
  else res?.destroy();
});

const countsNetworks = RATE_LIMITS !== 'off';
const bodies = new Bodies((objection, req, res) => {
  answerRefusal(objection === 'too-many' ? 'too-many-requests' : objection, req, res);
}, countsNetworks);

let stopping = false;

const server = createServer((req, res) => {
  if (stopping) res.setHeader('connection', 'close');
  if (req.url === '/health/live') {
    res.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
    res.end('ok\n');
    return;
  }
  const address = settleForwarding(req);
  cutUnread(req, res);
  const isForApi = belongsToApi(req.url);
  if (!bodies.admit(req, res, address, kindOf(req, isForApi))) return;
  if (isForApi) return passToApi(req, res);
  compressWhole(req, res);
  handler(req, res);
});

new Connections(server, CONNECTIONS, (address) => !countsNetworks || trusted(address, 0));

const upgraded = new Set();

server.on('upgrade', (req, duplex, head) => {
  const socket = /** @type {import('node:net').Socket} */ (duplex);
  socket.on('error', () => socket.destroy());
  if (stopping || !belongsToApi(req.url)) return socket.destroy();
  upgraded.add(socket);
  socket.once('close', () => upgraded.delete(socket));
  settleForwarding(req);
  req.headers['x-echomate-proxy'] = PROXY_SECRET;
  proxy.ws(req, socket, {}, head).catch(() => socket.destroy());
});

server.listen(Number(PORT), HOST);
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
console.log(`web listens on http://${HOST}:${port}`);

const stop = () => {
  if (stopping) return;
  stopping = true;
  server.close(() => {
    agent.destroy();
    process.exit(0);
  });
  // A browser keeps its connection open after the last answer; only this ends it.
  setInterval(() => server.closeIdleConnections(), 100).unref();
  for (const socket of upgraded) socket.destroy();
  // Requests in flight may finish; a connection that never ends may not hold the process.
  setTimeout(() => server.closeAllConnections(), 10_000).unref();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
