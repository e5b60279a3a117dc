import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './network.js';

export interface ConnectionBounds {
  perNetwork: number;
  inAll: number;
  /** For the headers of a request, from its first byte or from the beginning of the connection */
  headersMs: number;
  /** For a whole request; bodies have shorter times of their own. */
  requestMs: number;
  idleMs: number;
}

/** Connections without a request, with half a request, or too many of them hold no place for long. */
export class Connections {
  private readonly open = new Map<string, Set<Socket>>();

  /** Not counted by network: whoever speaks for many people. */
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

  /** It has proven that it speaks for many. */
  trust(socket: Socket): void {
    this.forget(socket, networkOf(socket.remoteAddress));
  }

  private forget(socket: Socket, network: string): void {
    const own = this.open.get(network);
    if (own?.delete(socket) && own.size === 0) this.open.delete(network);
  }
}
