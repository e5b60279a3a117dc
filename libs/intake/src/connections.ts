import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './network.js';

export interface ConnectionBounds {
  perNetwork: number;
  inAll: number;
  /** For the headers of a request, from its first byte or from the start of the connection */
  headersMs: number;
  /** For a whole request; bodies have shorter limits of their own. */
  requestMs: number;
  idleMs: number;
}

/** Ends connections that send no request or only half of one, and limits how many there are per network. */
export class Connections {
  private readonly open = new Map<string, Set<Socket>>();

  /** Peers that speak for many people are not counted by network. */
  constructor(
    server: Server,
    bounds: ConnectionBounds,
    speaksForMany: (address: string) => boolean,
  ) {
    server.maxConnections = bounds.inAll;
    server.headersTimeout = bounds.headersMs;
    server.requestTimeout = bounds.requestMs;
    server.keepAliveTimeout = bounds.idleMs;
    server.on('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      if (speaksForMany(remoteAddress)) return;
      const network = networkOf(remoteAddress);
      const own = this.open.get(network) ?? new Set();
      if (own.size >= bounds.perNetwork) {
        socket.destroy();
        return;
      }
      this.open.set(network, own.add(socket));
      socket.once('close', () => this.forget(socket, network));
    });
  }

  /** The peer has proven that it speaks for many people. */
  trust(socket: Socket): void {
    this.forget(socket, networkOf(socket.remoteAddress));
  }

  private forget(socket: Socket, network: string): void {
    const own = this.open.get(network);
    if (own?.delete(socket) && own.size === 0) this.open.delete(network);
  }
}
