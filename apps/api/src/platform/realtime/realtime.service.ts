import { Injectable } from '@nestjs/common';
import type { ClientFrames, ServerPushes } from '@echomate/contracts/realtime';
import { validate } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import type { RequestViewer } from '../http/viewer.js';
import type { Sockets } from './sockets.js';
import { chunksOf } from '../chunks.js';

type Frame = keyof ClientFrames;
type Push = <Name extends keyof ServerPushes>(
  name: Name,
  ...payload: Parameters<ServerPushes[Name]>
) => void;

/** A page that is connected to this process. */
export interface OpenPage {
  id: string;
  userId: string;
  isOpen: () => boolean;
  push: Push;
}

type Receiver = (viewer: RequestViewer, frame: unknown, page: OpenPage) => Promise<void>;

export const roomOf = (userId: string) => `user:${userId}`;
export const sessionRoomOf = (sessionId: string) => `session:${sessionId}`;

/** A push to more rooms than this goes out in portions. */
const ROOMS_AT_ONCE = 500;

/**
 * Reaches the open pages of people, on whichever process they are connected. It decides nothing: whoever pushes has
 * just asked the access rule who may learn it.
 */
@Injectable()
export class Realtime {
  private sockets: Sockets | null = null;
  private isShared = false;
  private readonly receivers = new Map<string, Receiver>();
  private readonly closeListeners: ((pageId: string) => void)[] = [];
  private readonly broadcastListeners = new Map<string, (broadcast: never) => void>();
  private readonly presenceListeners: ((userId: string, isOnline: boolean) => Promise<void>)[] = [];

  /** By the gateway, once. */
  connect(sockets: Sockets, isShared: boolean): void {
    this.sockets = sockets;
    this.isShared = isShared;
    sockets.on('broadcast', (topic, broadcast) => this.hear(topic, broadcast));
  }

  push<Name extends keyof ServerPushes>(
    userIds: Iterable<string>,
    name: Name,
    ...payload: Parameters<ServerPushes[Name]>
  ): void {
    const rooms = [...userIds].map(roomOf);
    for (const some of chunksOf(rooms, ROOMS_AT_ONCE))
      this.sockets?.to(some).emit(name, ...payload);
  }

  /** To their pages that are connected to this process, where the order of pushes is the order of these calls. */
  pushHere<Name extends keyof ServerPushes>(
    userIds: string[],
    name: Name,
    ...payload: Parameters<ServerPushes[Name]>
  ): void {
    if (userIds.length) this.sockets?.local.to(userIds.map(roomOf)).emit(name, ...payload);
  }

  /** At once, on every process. */
  endSessions(sessionIds: string[]): void {
    if (!sessionIds.length) return;
    const rooms = sessionIds.map(sessionRoomOf);
    this.sockets?.to(rooms).emit('session.ended');
    this.sockets?.in(rooms).disconnectSockets(true);
  }

  /** For the module that owns this kind of frame; what is malformed is dropped. */
  receive<Name extends Frame, Shape extends object>(
    name: Name,
    shape: new () => Shape,
    receiver: (viewer: RequestViewer, frame: Shape, page: OpenPage) => Promise<void>,
  ): void {
    if (this.receivers.has(name)) throw new Error(`Two receivers of ${name}`);
    this.receivers.set(name, async (viewer, sent, page) => {
      if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return;
      const frame = plainToInstance(shape, sent);
      const errors = await validate(frame, { whitelist: true, forbidNonWhitelisted: true });
      if (!errors.length) await receiver(viewer, frame, page);
    });
  }

  receiverOf(name: string): Receiver | undefined {
    return this.receivers.get(name);
  }

  onClosed(listener: (pageId: string) => void): void {
    this.closeListeners.push(listener);
  }

  tellClosed(pageId: string): void {
    for (const listener of this.closeListeners) listener(pageId);
  }

  /** To every process, this one first: each tells the pages that are connected to it. */
  broadcast(topic: string, broadcast: object): void {
    this.hear(topic, broadcast);
    if (this.isShared) this.sockets?.serverSideEmit('broadcast', topic, broadcast);
  }

  /** For the module that broadcasts on this topic. */
  onBroadcast<Broadcast extends object>(
    topic: string,
    listener: (broadcast: Broadcast) => void,
  ): void {
    if (this.broadcastListeners.has(topic)) throw new Error(`Two listeners to ${topic}`);
    this.broadcastListeners.set(topic, listener);
  }

  private hear(topic: string, broadcast: object): void {
    this.broadcastListeners.get(topic)?.(broadcast as never);
  }

  /** Told when the first page of a person opens and when the last one has closed. */
  onPresence(listener: (userId: string, isOnline: boolean) => Promise<void>): void {
    this.presenceListeners.push(listener);
  }

  async tellPresence(userId: string, isOnline: boolean): Promise<void> {
    for (const listener of this.presenceListeners) await listener(userId, isOnline);
  }
}
