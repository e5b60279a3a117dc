import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import session from 'express-session';
import { Config } from '../../platform/config/config.js';
import { cookieName, cookieOptions } from '../../platform/http/cookies.js';
import { SESSION_DAYS, SessionStore } from './session-store.js';

export const sessionCookieName = (config: Config) => cookieName(config, 'echomate_session');

@Injectable()
export class SessionMiddleware implements NestMiddleware {
  private readonly handle;

  constructor(config: Config, store: SessionStore) {
    this.handle = session({
      store,
      name: sessionCookieName(config),
      secret: config.sessionSecret,
      // Nothing is kept for people who are not signed in, so there is no session to fixate.
      saveUninitialized: false,
      resave: false,
      cookie: {
        ...cookieOptions(config),
        maxAge: SESSION_DAYS * 24 * 3600 * 1000,
      },
    });
  }

  use(request: Request, response: Response, next: NextFunction): void {
    this.handle(request, response, next);
  }
}
