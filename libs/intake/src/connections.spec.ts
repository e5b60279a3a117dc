import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connections } from './connections.js';
import { networkOf } from './network.js';

const BOUNDS = { perNetwork: 3, inAll: 5, headersMs: 60_000, requestMs: 60_000, idleMs: 60_000 };

let server: Server;
let connections: Connections;
let sockets: Socket[] = [];
const serve = async (speaksForMany: () => boolean) => {
  server = createServer((request, response) => {
    connections.trust(request.socket);
    response.end('ok');
  });
  connections = new Connections(server, BOUNDS, speaksForMany);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
};
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.close();
});

const join = (count: number) => {
  const joined = Array.from({ length: count }, () =>
    connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined),
  );
  sockets.push(...joined);
  return joined;
};
const open = async () => {
  await sleep(200);
  return sockets.filter(({ closed }) => !closed).length;
};

it('are few from one network, and those behind them come in when others leave', async () => {
  await serve(() => false);
  join(5);
  expect(await open()).toBe(3);
  sockets.find(({ closed }) => !closed)!.destroy();
  await open();
  join(2);
  expect(await open()).toBe(3);
});

it('are not counted by network for who speaks for many, or has proven to', async () => {
  await serve(() => true);
  join(5);
  expect(await open()).toBe(5);
  for (const socket of sockets) socket.destroy();
  server.close();
  sockets = [];

  await serve(() => false);
  for (const socket of join(2)) socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await sleep(200);
  join(3);
  expect(await open()).toBe(5);
});

it('are bounded in all', async () => {
  await serve(() => true);
  join(8);
  expect(await open()).toBe(5);
});

it('belong to a household, however it writes its address', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:0DB8:1:2:ffff::9'));
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
  expect(networkOf('::ffff:192.0.2.1')).toBe(networkOf('192.0.2.1'));
  expect(networkOf('nonsense')).toBe(networkOf(undefined));
});
