import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROXY_SECRET, type Server } from './both-servers.ts';

/** Somebody who begins a request by hand. */
export interface Sender {
  socket: Socket;
  /** Of the answer, as soon as there is one */
  status: number | null;
  isOpen: boolean;
  /** All that is to be sent for now has left */
  hasSent: boolean;
}

const PICTURE_BYTES = 10 * 1024 * 1024;
const HELD_BACK = 200;

/** Headers of a form: the api reads the same bytes as the web's page does. */
function headOf({ name, port }: Server, path: string, address: string, headers: string[]): string {
  return [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    `X-Forwarded-For: ${address}`,
    ...(name === 'api' ? [`X-Echomate-Proxy: ${PROXY_SECRET}`] : []),
    ...headers,
    '\r\n',
  ].join('\r\n');
}

function open(server: Server): Sender {
  const socket = connect(server.port, '127.0.0.1');
  const sender: Sender = { socket, status: null, isOpen: true, hasSent: false };
  socket.on('error', () => undefined);
  socket.on('close', () => (sender.isOpen = false));
  socket.on('data', (part) => {
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(part.toString('latin1')) ?? [];
    if (sender.status === null && status !== '100') sender.status = Number(status);
  });
  return sender;
}

const field = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const FORM = Buffer.concat([
  Buffer.from(
    field('email', 'ada@example.org') +
      field('password', 'seven green bicycles') +
      field('firstName', 'Ada') +
      field('lastName', 'Okafor') +
      field('dateOfBirth', '1990-12-31') +
      '--x\r\nContent-Disposition: form-data; name="avatar"; filename="me.jpg"\r\n' +
      'Content-Type: image/jpeg\r\n\r\n',
  ),
  Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  Buffer.alloc(PICTURE_BYTES - 4 - 1024),
]);
const TAIL_BYTES = Buffer.byteLength('\r\n--x--\r\n');

/** A registration with a picture of which the end never comes. */
export function holdRegistration(server: Server, address: string): Sender {
  const sender = open(server);
  const path = server.name === 'api' ? '/api/v1/auth/register' : '/register';
  sender.socket.write(
    headOf(server, path, address, [
      'Content-Type: multipart/form-data; boundary=x',
      `Content-Length: ${FORM.length + TAIL_BYTES}`,
    ]),
  );
  sender.socket.write(FORM.subarray(0, FORM.length - HELD_BACK), () => (sender.hasSent = true));
  return sender;
}

/** The beginning of a small body, JSON for the api and a form for a page, and then a byte a second or nothing. */
export function sendSlowly(
  server: Server,
  path: string,
  address: string,
  isSilent: boolean,
): Sender {
  const isJson = path.startsWith('/api/');
  const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  const sender = open(server);
  sender.socket.write(
    headOf(server, path, address, [`Content-Type: ${type}`, 'Content-Length: 1000']),
  );
  sender.socket.write(isJson ? '{"email":"' : 'email=');
  if (isSilent) return sender;
  const timer = setInterval(() => {
    if (sender.isOpen && sender.status === null) sender.socket.write('a');
    else clearInterval(timer);
  }, 1000);
  sender.socket.on('close', () => clearInterval(timer));
  return sender;
}

/** Until everybody has sent what they send, has an answer or is cut off. */
export async function settled(senders: Sender[], seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
    if (senders.every(({ hasSent, status, isOpen }) => hasSent || status !== null || !isOpen))
      return;
  }
}

/** How many got which answer, in words. */
export function answersOf(senders: Sender[]): string {
  const counts = Map.groupBy(
    senders,
    ({ status, isOpen }) => status ?? (isOpen ? 'held open' : 'cut off'),
  );
  return [...counts].map(([answer, those]) => `${those.length} × ${answer}`).join(', ');
}
