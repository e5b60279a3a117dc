/** A process that holds connections which nothing is pushed to, until it is told to stop. */
import { optionsGiven } from '../children.ts';
import { openSockets } from './sockets.ts';

export interface IdleOptions {
  url: string;
  cookies: string[];
}

const { url, cookies } = await optionsGiven<IdleOptions>();
const sockets = await openSockets(url, cookies);
process.send!(sockets.length);
process.on('message', () => {
  const connected = sockets.filter((socket) => socket.connected).length;
  process.send!(connected, () => process.exit());
});
process.on('disconnect', () => process.exit());
