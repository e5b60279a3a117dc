import { io, type Socket } from 'socket.io-client';

const OPENED_AT_ONCE = 20;
const CONTENT = /"content":"(\d+) /;

/**
 * Opens a page's connection for each cookie. Messages are told by the number that their text begins with: parsing each
 * of them would cost the clients more than it costs the servers to send them.
 */
export async function openSockets(
  url: string,
  cookies: string[],
  onMessage: (at: number, number: number) => void = () => undefined,
): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let at = 0; at < cookies.length; at += OPENED_AT_ONCE)
    sockets.push(
      ...(await Promise.all(
        cookies
          .slice(at, at + OPENED_AT_ONCE)
          .map((cookie, place) => open(url, cookie, (number) => onMessage(at + place, number))),
      )),
    );
  return sockets;
}

async function open(url: string, cookie: string, onMessage: (number: number) => void) {
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.io.engine.off('data');
  socket.io.engine.on('data', (frame: unknown) => {
    if (typeof frame !== 'string' || !frame.startsWith('2["message.added"')) return;
    onMessage(Number(CONTENT.exec(frame)?.[1]));
  });
  return socket;
}
