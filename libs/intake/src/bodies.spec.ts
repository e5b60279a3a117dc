import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bodies, type BodyKind } from './bodies.js';
import { cutUnread } from './unread.js';

const KIND: BodyKind = {
  maxBytes: 1000,
  perNetwork: { bytes: 1500, bodies: 3 },
  inAll: { bytes: 2500, bodies: 5 },
  pace: { silenceMs: 300, wholeMs: 60_000, graceMs: 60_000, bytesPerSecond: 0 },
};
const STATUS = { 'too-large': 413, 'too-many': 429, busy: 503, 'too-slow': 408 };

let server: Server;
let sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.closeAllConnections();
  server.close();
});

/** Reads bodies whole and answers with their length; `X-Address` stands for the sender's address. */
async function serve(kind: Partial<BodyKind> = {}, countsNetworks = true) {
  const whole = { ...KIND, ...kind };
  const bodies = new Bodies((objection, _request, response) => {
    response.writeHead(STATUS[objection]).end(objection);
  }, countsNetworks);
  server = createServer((request, response) => {
    cutUnread(request, response);
    const address = String(request.headers['x-address'] ?? '192.0.2.1');
    if (!bodies.admit(request, response, address, whole)) return;
    let length = 0;
    request.on('data', (part: Buffer) => (length += part.length));
    request.on('end', () => response.end(`got ${length}`));
    // As frameworks do: a handler that was still reading answers too.
    request.on('error', () => response.writeHead(500).end('broken off'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function talk(): { socket: Socket; said: () => string; until: (text: RegExp) => Promise<string> } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  let said = '';
  socket.on('error', () => undefined);
  socket.on('data', (part) => (said += part.toString()));
  return {
    socket,
    said: () => said,
    until: async (text) => {
      for (let wait = 0; wait < 400; wait++) {
        if (text.test(said)) return said;
        await sleep(20);
      }
      throw new Error(`It never said ${text.source}: ${said}`);
    },
  };
}

const head = (length: number | null, address = '192.0.2.1') =>
  `POST / HTTP/1.1\r\nHost: x\r\nX-Address: ${address}\r\n` +
  `${length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`;

const begin = (length: number | null, address?: string) => {
  const talker = talk();
  talker.socket.write(head(length, address));
  return talker;
};

it('lets through what moves and ends', async () => {
  await serve();
  const { socket, until } = begin(10);
  for (let part = 0; part < 5; part++) {
    socket.write('ab');
    await sleep(150);
  }
  await until(/got 10$/);
});

it('refuses by announced length before anything comes, and by what comes where nothing is announced', async () => {
  await serve();
  await begin(1001).until(/413/);
  const { socket, until } = begin(null);
  socket.write(`3e8\r\n${'x'.repeat(1000)}\r\n`);
  await sleep(100);
  socket.write('1\r\nx\r\n');
  const said = await until(/413/);
  // The handler reading the body did not answer as well.
  expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
  await once(socket, 'close');
});

it('bounds what one household announces, and what all do', async () => {
  await serve();
  begin(1000, '2001:db8:1:2::1');
  await sleep(50);
  await begin(501, '2001:db8:1:2:ffff::9').until(/429/);
  begin(1000, '2001:db8:1:3::1');
  await sleep(50);
  await begin(501, '192.0.2.1').until(/503/);
  begin(400, '192.0.2.1');
});

it('bounds their number', async () => {
  await serve();
  for (let one = 0; one < 3; one++) begin(1);
  await sleep(50);
  await begin(1).until(/429/);
});

it('bounds what comes unannounced', async () => {
  await serve();
  begin(1000);
  const { socket, until } = begin(null);
  socket.write(`1f4\r\n${'x'.repeat(500)}\r\n`);
  await sleep(50);
  socket.write('1\r\nx\r\n');
  await until(/429/);
});

it('counts nobody’s own where that is switched off, and all together still', async () => {
  await serve({}, false);
  begin(1000);
  begin(1000);
  await sleep(50);
  await begin(1000).until(/503/);
});

it('gives the room back with the answer, and when the sender leaves', async () => {
  await serve();
  for (let round = 0; round < 5; round++) {
    const { socket, until } = begin(1000);
    socket.write('x'.repeat(1000));
    await until(/got 1000/);
  }
  for (let round = 0; round < 5; round++) {
    const { socket } = begin(1000);
    await sleep(30);
    socket.destroy();
    await sleep(30);
  }
  const { socket, until } = begin(1000);
  socket.write('x'.repeat(1000));
  await until(/got 1000/);
});

it('ends bodies that stall, with an answer', async () => {
  await serve();
  const { socket, until } = begin(10);
  socket.write('ab');
  await until(/408/);
  await once(socket, 'close');
});

it('ends bodies that drip', async () => {
  await serve({ pace: { silenceMs: 5000, wholeMs: 700, graceMs: 60_000, bytesPerSecond: 0 } });
  const { socket, until } = begin(1000);
  const timer = setInterval(() => socket.write('x'), 50);
  await until(/408/);
  clearInterval(timer);
});

it('ends bodies slower than the minimum rate', async () => {
  await serve({ pace: { silenceMs: 5000, wholeMs: 60_000, graceMs: 500, bytesPerSecond: 100 } });
  const slow = begin(1000);
  const quick = begin(1000, '198.51.100.7');
  const timer = setInterval(() => {
    slow.socket.write('x');
    quick.socket.write('x'.repeat(10));
  }, 50);
  await slow.until(/408/);
  expect(quick.said()).toBe('');
  clearInterval(timer);
});

it('lets one connection send several requests, also at once', async () => {
  await serve();
  const { socket, until } = talk();
  socket.write(`${head(3)}abc${head(2)}de`);
  await until(/got 3[^]*got 2/);
  socket.write(`${head(4)}fghi`);
  await until(/got 4/);
});
