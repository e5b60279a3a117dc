import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { inBackground } from '../http/request-context.js';
import { Viewers } from '../http/viewer.js';
import { Redis } from '../redis/redis.js';
import { Looking, Presence } from './presence.js';
import { Processes } from './processes.js';
import { viewerOf } from './realtime.adapter.js';
import { Realtime, roomOf, sessionRoomOf, type OpenPage } from './realtime.service.js';
import type { PersonSocket, Sockets } from './sockets.js';

/** Of one person, on all processes. */
const MOST_SOCKETS = 30;
/** Frames of one connection: whoever types sends two or three a second. */
const FRAMES = { burst: 50, perSecond: 10 };
/** Pushes that wait for a connection that does not take them. */
const MOST_WAITING = 1000;
const ROUND_EVERY_MS = 20_000;
/** A page that is left for the next one, or reloaded, was never offline. */
const OFFLINE_AFTER_MS = 5000;
/** Long enough for the reason to arrive. */
const REFUSED_AFTER_MS = 1000;
const SESSIONS_AT_ONCE = 500;

/** The only door for sockets. The adapter has judged who is there. */
@WebSocketGateway()
export class RealtimeGateway
  implements
    OnGatewayInit<Sockets>,
    OnGatewayConnection<PersonSocket>,
    OnGatewayDisconnect<PersonSocket>,
    OnApplicationShutdown
{
  private readonly logger = new Logger(RealtimeGateway.name);
  private sockets: Sockets | null = null;
  private round: NodeJS.Timeout | undefined;
  /** The first sockets of people */
  private readonly first = new WeakSet<PersonSocket>();
  private readonly leaving = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly realtime: Realtime,
    private readonly presence: Presence,
    private readonly looking: Looking,
    private readonly viewers: Viewers,
    private readonly redis: Redis,
    private readonly processes: Processes,
  ) {}

  async afterInit(sockets: Sockets): Promise<void> {
    this.sockets = sockets;
    const shared = this.redis.patientClient();
    if (shared) {
      shared.on('error', (error: Error) => this.logger.warn(`Redis: ${error.message}`));
      await shared.connect();
      const { createAdapter } = await import('@socket.io/redis-streams-adapter');
      sockets.adapter(createAdapter(shared, { streamName: 'echomate:sockets' }));
      sockets.of('/').adapter.on('close', () => void shared.close());
    }
    sockets.use((socket, next) => {
      const answer = (refusal?: Error) => {
        next(refusal);
        if (refusal) setTimeout(() => socket.conn.close(), REFUSED_AFTER_MS).unref();
      };
      this.admit(socket).then(answer, (error: unknown) => {
        this.logger.error({ err: error }, 'Admitting a socket failed');
        // Pages try again, which they don't after a refusal.
        socket.conn.close();
      });
    });
    this.realtime.connect(sockets, shared !== null);
    this.processes.watch(() => sockets.local.emit('pushes.missed'));
    this.round = setInterval(() => void this.goRound(), ROUND_EVERY_MS);
    this.round.unref();
  }

  /** Known before the page hears that it is connected: what it reads from then on, pushes continue. */
  private async admit(socket: PersonSocket): Promise<Error | undefined> {
    const viewer = viewerOf.get(socket.request);
    if (!viewer) return new Error('not-signed-in');
    socket.data = viewer;
    const { userId } = viewer;
    const forget = () => this.presence.remove(userId, socket.id);
    socket.conn.once('close', () => void forget());
    const count = await this.presence.add(userId, socket.id);
    if (socket.conn.readyState === 'open' && count <= MOST_SOCKETS) {
      if (count === 1) this.first.add(socket);
      return;
    }
    await forget();
    return new Error('too-many-sockets');
  }

  async handleConnection(socket: PersonSocket): Promise<void> {
    const { userId, sessionId } = socket.data;
    boundFrames(socket);
    this.receiveFrames(socket);
    await socket.join([roomOf(userId), sessionRoomOf(sessionId)]);
    try {
      // A session that ended since the adapter looked did not find this socket in its room.
      const isStillSignedIn = await this.viewers.areOpen([sessionId]);
      if (!isStillSignedIn.has(sessionId)) return void socket.disconnect(true);
    } catch (error) {
      this.logger.error({ err: error }, 'Checking the session of a new socket failed');
      return void socket.conn.close();
    }
    const wasLeaving = this.leaving.get(userId);
    clearTimeout(wasLeaving);
    this.leaving.delete(userId);
    if (this.first.has(socket) && !wasLeaving) await this.tell(userId, true);
  }

  async handleDisconnect(socket: PersonSocket): Promise<void> {
    const { userId } = socket.data;
    this.realtime.tellClosed(socket.id);
    await this.presence.remove(userId, socket.id);
    await this.looking.remove(userId, socket.id);
    if (this.leaving.has(userId) || (await this.presence.online([userId])).has(userId)) return;
    const timer = setTimeout(() => void this.leave(userId), OFFLINE_AFTER_MS);
    timer.unref();
    this.leaving.set(userId, timer);
  }

  onApplicationShutdown(): void {
    clearInterval(this.round);
    for (const timer of this.leaving.values()) clearTimeout(timer);
  }

  private async leave(userId: string): Promise<void> {
    this.leaving.delete(userId);
    if (!(await this.presence.online([userId])).has(userId)) await this.tell(userId, false);
  }

  private async tell(userId: string, isOnline: boolean): Promise<void> {
    try {
      await this.realtime.tellPresence(userId, isOnline);
    } catch (error) {
      this.logger.error({ err: error }, 'Presence could not be announced');
    }
  }

  private async look(socket: PersonSocket, isLooking: unknown): Promise<void> {
    const { userId } = socket.data;
    if (isLooking === true && socket.connected) await this.looking.add(userId, socket.id);
    else await this.looking.remove(userId, socket.id);
    if (!socket.connected) await this.looking.remove(userId, socket.id);
  }

  private receiveFrames(socket: PersonSocket): void {
    const page: OpenPage = {
      id: socket.id,
      userId: socket.data.userId,
      isOpen: () => socket.connected,
      push: (name, ...payload) => void socket.emit(name, ...payload),
    };
    socket.on('looking', (isLooking: unknown) => void this.look(socket, isLooking));
    socket.onAny((name: string, frame: unknown) => {
      const receive = this.realtime.receiverOf(name);
      if (!receive) return;
      // Nobody waits for an answer, so requests go first.
      inBackground(() => receive(socket.data, frame, page)).catch((error: unknown) =>
        this.logger.error({ err: error, name }, 'A socket frame could not be handled'),
      );
    });
  }

  /** Keeps sockets known, and ends those that nobody empties or whose session is over, should a push have been lost. */
  private async goRound(): Promise<void> {
    try {
      await this.presence.renew();
      await this.looking.renew();
      const own = [...(this.sockets?.sockets.sockets.values() ?? [])];
      // Its page comes back by itself and catches up.
      for (const socket of own) if (waitingFor(socket) > MOST_WAITING) socket.conn.close();
      for (let at = 0; at < own.length; at += SESSIONS_AT_ONCE) {
        const some = own.slice(at, at + SESSIONS_AT_ONCE);
        const open = await this.viewers.areOpen(some.map(({ data }) => data.sessionId));
        for (const socket of some) if (!open.has(socket.data.sessionId)) socket.disconnect(true);
      }
    } catch (error) {
      this.logger.error({ err: error }, 'Checking sockets failed');
    }
  }
}

/** The engine doesn't show it, and would keep all of it for a connection that stands still. */
const waitingFor = ({ conn }: PersonSocket): number =>
  (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;

/** Ends a connection that sends more than any page does, whatever it sends. */
function boundFrames(socket: PersonSocket): void {
  let allowance = FRAMES.burst;
  let countedAt = performance.now();
  socket.conn.on('packet', () => {
    const now = performance.now();
    allowance = Math.min(FRAMES.burst, allowance + ((now - countedAt) / 1000) * FRAMES.perSecond);
    countedAt = now;
    if (--allowance < 0) socket.conn.close();
  });
}
