import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import session, { type SessionData } from 'express-session';
import { v7 as uuid } from 'uuid';
import { Config } from '../../platform/config/config.js';
import { cookieOptions } from '../../platform/http/cookies.js';
import { refuse } from '../../platform/http/problem.js';
import { DAY_MS } from '../../platform/periods.js';
import type { Proof } from './auth.service.js';
import { deviceName } from './device-name.js';
import { SESSION_DAYS, SessionStore } from './session-store.js';
import { sessionCookieName } from './session-viewers.js';

/** Starts sessions and renews them. Only these requests need express-session; the others only read a session. */
@Injectable()
export class SignIn {
  private readonly expressSession: RequestHandler;

  constructor(config: Config, store: SessionStore) {
    this.expressSession = session({
      store,
      name: sessionCookieName(config),
      secret: config.sessionSecret,
      // Nothing is stored for people who are not signed in, so there is no session to fixate.
      saveUninitialized: false,
      resave: false,
      cookie: {
        ...cookieOptions(config),
        maxAge: SESSION_DAYS * DAY_MS,
      },
    });
  }

  /** Starts a session under a fresh secret, whatever the request brought along. */
  async start(
    request: Request,
    response: Response,
    proof: Proof,
  ): Promise<{ sessionId: string; isBack: boolean }> {
    const sessionId = uuid();
    const device = deviceName(request.headers['user-agent']);
    await this.orNoSession(request, response, async () => {
      await promisify(request.session.regenerate.bind(request.session))();
      await save(request, { ...proof, sessionId, device });
    });
    return { sessionId, isBack: request.session.isBack ?? false };
  }

  /** Gives the session a new secret; the old one is no longer valid. */
  async renew(request: Request, response: Response, proof: Proof): Promise<void> {
    await this.orNoSession(request, response, async () => {
      const { sessionId, device } = request.session as Partial<SessionData>;
      // It may have ended since the request was let in.
      if (!sessionId || !device) throw refuse('not-signed-in');
      request.sessionStore.generate(request);
      await save(request, { ...proof, sessionId, device, isRenewed: true });
    });
  }

  /** Removes the session from the request on failure: otherwise the cookie of an unsaved session would be set. */
  private async orNoSession(
    request: Request,
    response: Response,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await promisify(this.expressSession)(request, response);
      await work();
    } catch (error) {
      Reflect.deleteProperty(request, 'session');
      throw error;
    }
  }
}

async function save(
  request: Request,
  values: Proof & { sessionId: string; device: string; isRenewed?: boolean },
): Promise<void> {
  Object.assign(request.session, values);
  await promisify(request.session.save.bind(request.session))();
}
