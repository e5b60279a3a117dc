import { hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Store, type SessionData } from 'express-session';
import { SessionsRepository } from './sessions.repository.js';

declare module 'express-session' {
  interface SessionData {
    /** Names the session to its owner; `id`, as express-session has it, is the cookie's secret. */
    sessionId: string;
    userId: string;
    device: string;
  }
}

/** Browsers keep a cookie for at most 400 days. */
export const SESSION_DAYS = 400;
const SESSION_MS = SESSION_DAYS * 24 * 3600 * 1000;
/** How exact "last seen" is; writing it at every request would make every read a write. */
const SEEN_EVERY_MS = 5 * 60 * 1000;

const hashOf = (token: string) => hash('sha256', token, 'base64url');

/**
 * Keeps express-session's sessions in our table, read anew at every request, so that ending one holds
 * at once. It has no `touch` on purpose: express-session would then hold back the last byte of every
 * answer until the touch is saved.
 */
@Injectable()
export class SessionStore extends Store {
  private readonly logger = new Logger(SessionStore.name);
  /** express-session saves a renewed session again when the answer ends; once is enough. */
  private readonly kept = new WeakSet<SessionData>();

  constructor(private readonly repository: SessionsRepository) {
    super();
  }

  override get(token: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.find(token).then((session) => done(null, session), done);
  }

  override set(
    token: string,
    session: SessionData,
    done: (error?: unknown) => void = () => undefined,
  ): void {
    if (this.kept.has(session)) return done();
    this.kept.add(session);
    const now = new Date();
    this.repository
      .insert({
        id: session.sessionId,
        tokenHash: hashOf(token),
        userId: session.userId,
        device: session.device,
        createdAt: now.toISOString(),
        lastSeenAt: now.toISOString(),
        expiresAt: expiryFrom(now),
      })
      .then(() => done(), done);
  }

  override destroy(token: string, done: (error?: unknown) => void = () => undefined): void {
    this.repository.deleteByToken(hashOf(token)).then(() => done(), done);
  }

  private async find(token: string): Promise<SessionData | null> {
    const now = new Date();
    const row = await this.repository.findByToken(hashOf(token), now.toISOString());
    if (!row) return null;
    if (now.getTime() - Date.parse(row.lastSeenAt) > SEEN_EVERY_MS) {
      this.repository
        .markSeen(row.id, now.toISOString(), expiryFrom(now))
        .catch((error: unknown) => this.logger.error({ err: error }, 'Last seen was not saved'));
    }
    return {
      sessionId: row.id,
      userId: row.userId,
      device: row.device,
      // A cookie that was set is not sent again, so nothing need be worked out about it.
      cookie: { originalMaxAge: null } as SessionData['cookie'],
    };
  }
}

const expiryFrom = (now: Date) => new Date(now.getTime() + SESSION_MS).toISOString();
