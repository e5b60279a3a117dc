import { connect, type Socket } from 'node:net';
import { until } from './until.js';

/** A raw connection, for input no client would send. */
export interface RawConnection {
  socket: Socket;
  send(text: string | Buffer): void;
  /** Everything that came so far */
  said(): string;
  /** Waits until it came. */
  hears(text: RegExp): Promise<string>;
  /** Waits until the other side hangs up. */
  closes(): Promise<void>;
}

export function rawConnection(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''));
  let said = '';
  let isClosed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => (isClosed = true));
  socket.on('data', (part) => (said += part.toString()));
  const wait = async (isSo: () => boolean, what: string): Promise<void> => {
    await until(what, isSo).catch((error: Error) => {
      error.message += `, after: ${said}`;
      throw error;
    });
  };
  return {
    socket,
    send: (text) => void socket.write(text),
    said: () => said,
    hears: async (text) => {
      await wait(() => text.test(said), `it hears ${text.source}`);
      return said;
    },
    closes: () => wait(() => isClosed, 'the other side hangs up'),
  };
}

export const requestHead = (
  method: string,
  path: string,
  headers: Record<string, string | number>,
) =>
  [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');
