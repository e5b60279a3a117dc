import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkOf } from './network.js';
import { Taken, type Room } from './room.js';

/** How fast a body must arrive before it is ended. */
export interface Pace {
  silenceMs: number;
  /** The whole body must have arrived by then. */
  wholeMs: number;
  /** From then on it must have arrived at this average rate. */
  graceMs: number;
  bytesPerSecond: number;
}

/** The shared room for bodies of one kind. */
export interface BodyKind {
  maxBytes: number;
  perNetwork: Room;
  inAll: Room;
  pace: Pace;
}

/** Why a body is refused: `too-many` for the sender's own limit, `busy` for everybody's. */
export type Objection = 'too-large' | 'too-many' | 'busy' | 'too-slow';

/** Sends the server's own answer, and closes the connection. */
export type Refuse = (
  objection: Objection,
  request: IncomingMessage,
  response: ServerResponse,
) => void;

interface Body {
  request: IncomingMessage;
  response: ServerResponse;
  kind: BodyKind;
  received: number;
  /** Both are moved on while the server makes the body wait: the sender is not charged for that time. */
  startedAt: number;
  movedAt: number;
}

const LOOK_EVERY_MS = 1000;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * The bodies arriving at a server. Room for a body is reserved before a byte of it is read: for the announced length,
 * or as bytes arrive if none was announced. It is released with the answer.
 */
export class Bodies {
  private readonly taken = new Map<BodyKind, Taken>();
  private readonly moving = new Set<Body>();
  private looking: ReturnType<typeof setInterval> | null = null;
  private lookedAt = 0;

  constructor(
    private readonly refuse: Refuse,
    private readonly countsNetworks = true,
  ) {}

  /** False if the body was refused, and answered. */
  admit(
    request: IncomingMessage,
    response: ServerResponse,
    address: string | undefined,
    kind: BodyKind,
  ): boolean {
    if (!hasBody(request)) return true;
    const network = networkOf(address);
    const taken = this.takenBy(kind);
    let bytes = Number(request.headers['content-length'] ?? 0);
    const objection: Objection | null =
      bytes > kind.maxBytes ? 'too-large' : objectionTo(taken.take(network, { bytes, bodies: 1 }));
    if (objection) {
      this.refuse(objection, request, response);
      return false;
    }
    response.once('close', () => taken.giveBack(network, { bytes, bodies: 1 }));

    const now = Date.now();
    const body: Body = { request, response, kind, received: 0, startedAt: now, movedAt: now };
    this.watch(body);
    const push = request.push.bind(request);
    // The only place that sees every chunk without starting the stream.
    request.push = (part: Buffer | null, encoding) => {
      if (part === null) {
        this.moving.delete(body);
        return push(part, encoding);
      }
      body.movedAt = Date.now();
      body.received += part.length;
      const more = body.received - bytes;
      if (more > 0 && this.moving.has(body)) {
        const full =
          body.received > kind.maxBytes
            ? 'too-large'
            : objectionTo(taken.take(network, { bytes: more, bodies: 0 }));
        if (full) this.stop(body, full);
        else bytes += more;
      }
      return push(part, encoding);
    };
    return true;
  }

  private takenBy(kind: BodyKind): Taken {
    let taken = this.taken.get(kind);
    if (!taken) {
      taken = new Taken(this.countsNetworks ? kind.perNetwork : null, kind.inAll);
      this.taken.set(kind, taken);
    }
    return taken;
  }

  private watch(body: Body): void {
    this.moving.add(body);
    body.response.once('close', () => this.moving.delete(body));
    if (this.looking) return;
    this.lookedAt = Date.now();
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  private look(): void {
    const now = Date.now();
    const passed = now - this.lookedAt;
    this.lookedAt = now;
    // What arrived while this process stood still is not read yet: that time is not the sender's.
    const stoodStill = Math.max(0, passed - LOOK_EVERY_MS);
    for (const body of this.moving) {
      if (waitsForUs(body)) {
        body.startedAt += passed;
        body.movedAt = now;
        continue;
      }
      body.startedAt += stoodStill;
      body.movedAt += stoodStill;
      if (isTooSlow(body, now)) this.stop(body, 'too-slow');
    }
    if (this.moving.size) return;
    clearInterval(this.looking!);
    this.looking = null;
  }

  private stop(body: Body, objection: Objection): void {
    this.moving.delete(body);
    const { request, response } = body;
    if (response.headersSent) {
      request.destroy();
      return;
    }
    this.refuse(objection, request, response);
    silence(response);
  }
}

const objectionTo = (full: 'network' | 'all' | null): Objection | null =>
  full === 'network' ? 'too-many' : full === 'all' ? 'busy' : null;

/** Data has arrived but is not read yet, or the reader has paused. */
const waitsForUs = ({ request }: Body) =>
  request.readableLength > 0 || request.readableFlowing === false;

function isTooSlow({ kind: { pace }, received, startedAt, movedAt }: Body, now: number): boolean {
  const passed = now - startedAt;
  return (
    now - movedAt > pace.silenceMs ||
    passed > pace.wholeMs ||
    (passed > pace.graceMs && (received / passed) * 1000 < pace.bytesPerSecond)
  );
}

/** A handler still working finds the connection closed; it must not send a second answer. */
function silence(response: ServerResponse): void {
  const nothing = () => response;
  Object.assign(response, {
    setHeader: nothing,
    appendHeader: nothing,
    removeHeader: nothing,
    writeHead: nothing,
    write: () => true,
    end: nothing,
    destroy: nothing,
  });
}
