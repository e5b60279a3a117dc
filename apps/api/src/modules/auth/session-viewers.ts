import { Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import { unsign } from 'cookie-signature';
import { Activity } from '../../platform/activity/activity.js';
import { Config } from '../../platform/config/config.js';
import { cookieName } from '../../platform/http/cookies.js';
import { refuse } from '../../platform/http/problem.js';
import {
  bearerIn,
  Viewers,
  type IdentityHeaders,
  type RequestViewer,
} from '../../platform/http/viewer.js';
import { ProgramsService } from './programs/programs.service.js';
import { SessionStore } from './session-store.js';
import { SessionsRepository } from './sessions.repository.js';

export const sessionCookieName = (config: Config) => cookieName(config, 'echomate_session');

/** Marks a value that express-session has signed. */
const SIGNED = 's:';

/** Finds the viewer by the session cookie, for a request as well as for a bare header; and by a program's token. */
@Injectable()
export class SessionViewers extends Viewers {
  private readonly cookie: string;

  constructor(
    private readonly config: Config,
    private readonly store: SessionStore,
    private readonly sessions: SessionsRepository,
    private readonly programs: ProgramsService,
    private readonly activity: Activity,
  ) {
    super();
    this.cookie = sessionCookieName(config);
  }

  async of(headers: IdentityHeaders): Promise<RequestViewer | null> {
    const token = bearerIn(headers);
    if (token === null) return this.ofCookies(headers.cookie);
    // Even if the cookie is of no session: it must never be ambiguous which of the two counts.
    if (parseCookie(headers.cookie ?? '')[this.cookie] !== undefined)
      throw refuse('token-and-cookie');
    const viewer = await this.programs.viewerOf(token);
    if (!viewer) throw refuse('token-refused');
    this.activity.add(viewer.userId);
    return viewer;
  }

  async ofCookies(header: string | undefined): Promise<RequestViewer | null> {
    const token = header && this.tokenIn(header);
    const session = token ? await this.store.find(token) : null;
    if (session) this.activity.add(session.userId);
    return session && { userId: session.userId, sessionId: session.sessionId };
  }

  areOpen(sessionIds: string[]): Promise<Set<string>> {
    return this.sessions.findOpen(sessionIds, new Date().toISOString());
  }

  /** The secret of a session, if we have signed it. */
  private tokenIn(header: string): string | false {
    const value = parseCookie(header)[this.cookie];
    return value?.startsWith(SIGNED)
      ? unsign(value.slice(SIGNED.length), this.config.sessionSecret)
      : false;
  }
}
