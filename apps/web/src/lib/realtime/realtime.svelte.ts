import { getContext, onMount, setContext } from 'svelte';
import type { ClientFrames, ServerPushes } from '@echomate/contracts/realtime';
import type { Socket } from 'socket.io-client';
import { whenSignedInAgain } from '#lib/signed-out.ts';
import { reach } from './reach.svelte.ts';

const KEY = Symbol('realtime');
/** Pages are read before they are live. */
const AFTER_MS = 1_000;
/** Its script couldn't be loaded. */
const AGAIN_AFTER_MS = 15_000;
/** What all pages have to do is not done by all at once. */
const SPREAD_MS = 3_000;

type Pushes = keyof ServerPushes;

/**
 * The one socket of an open page. Its script comes after the page; whoever listens may come before it. Pushes that were
 * missed before it was there, or while it was away, are not repeated: `onConnect` is the moment to catch up.
 */
export class Realtime {
  isConnected = $state(false);
  #socket: Socket<ServerPushes, ClientFrames> | undefined;
  readonly #handlers: [Pushes, ServerPushes[Pushes]][] = [];
  #connects: ((isReturn: boolean) => void)[] = [];
  #wasConnected = false;
  #isClosed = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Also after the server has refused the socket or sent it away, which then doesn't try again by itself. */
  readonly connect = async () => {
    clearTimeout(this.#again);
    if (this.#socket && !this.#socket.active) this.#socket.connect();
    if (this.#socket) return;
    const script = await import('socket.io-client').catch(() => null);
    if (this.#socket || this.#isClosed) return;
    if (!script) return void (this.#again = setTimeout(() => void this.connect(), AGAIN_AFTER_MS));
    const { io } = script;
    const socket: Socket<ServerPushes, ClientFrames> = io({
      transports: ['websocket', 'polling'],
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 20_000,
      // A server that comes back is not met by everyone at once.
      randomizationFactor: 0.7,
    });
    this.#socket = socket;
    for (const [name, handler] of this.#handlers) socket.on(name, handler as never);
    socket.on('connect', () => {
      this.isConnected = true;
      for (const connected of this.#connects) connected(this.#wasConnected);
      this.sayLooking();
      this.#wasConnected = true;
    });
    socket.on('disconnect', () => (this.isConnected = false));
    socket.on('pushes.missed', () => {
      setTimeout(() => {
        for (const connected of this.#connects) connected(true);
      }, Math.random() * SPREAD_MS);
    });
  };

  /** Whoever looks at a page gets no push. */
  readonly sayLooking = () => {
    if (this.#socket?.connected) this.#socket.emit('looking', !document.hidden);
  };

  close() {
    this.#isClosed = true;
    clearTimeout(this.#again);
    this.#socket?.close();
  }

  /** Returns how to stop listening: for an effect. */
  on<Name extends Pushes>(name: Name, handler: ServerPushes[Name]): () => void {
    const entry: [Pushes, ServerPushes[Pushes]] = [name, handler];
    this.#handlers.push(entry);
    this.#socket?.on(name, handler as never);
    return () => {
      this.#handlers.splice(this.#handlers.indexOf(entry), 1);
      this.#socket?.off(name, handler as never);
    };
  }

  /** Connected for the first time, or again after having been away. */
  onConnect(connected: (isReturn: boolean) => void): () => void {
    this.#connects.push(connected);
    return () => {
      this.#connects = this.#connects.filter((one) => one !== connected);
    };
  }

  send<Name extends keyof ClientFrames>(name: Name, ...frame: Parameters<ClientFrames[Name]>) {
    // What is not sent now is not worth sending later.
    if (this.#socket?.connected) this.#socket.volatile.emit(name, ...frame);
  }
}

/** For the frame of signed-in pages: one for each tab. */
export const provideRealtime = () => {
  const realtime = new Realtime();
  const server = reach();
  const connect = () => void realtime.connect();
  /** One may have logged in again in another tab. */
  const look = () => {
    realtime.sayLooking();
    if (!document.hidden) connect();
  };
  onMount(() => {
    const timer = setTimeout(connect, AFTER_MS);
    const stops = [server.onReturn(connect), whenSignedInAgain(connect)];
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer);
      stops.forEach((stop) => stop());
      realtime.close();
    };
  });
  return setContext(KEY, realtime);
};

export const realtime = () => getContext<Realtime>(KEY);
