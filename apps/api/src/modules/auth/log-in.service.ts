import { Injectable } from '@nestjs/common';
import type { LoggedIn } from '@echomate/contracts/auth.dto';
import type { Request, Response } from 'express';
import type { Strategy } from 'passport';
import { Config } from '../../platform/config/config.js';
import { cookieName, cookieOptions, readCookie, setCookie } from '../../platform/http/cookies.js';
import type { Proof } from './auth.service.js';
import { authenticate } from './authenticate.js';
import { DEVICE_COOKIE, Devices } from './devices.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.js';
import { TICKETS, Tickets, Unfinished, type TicketKind } from './tickets.js';

const TICKET_COOKIE_DAYS = 1;

/** Every way to log in ends here, whatever has proven the account. */
@Injectable()
export class LogInService {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: SessionsService,
    private readonly devices: Devices,
    private readonly tickets: Tickets,
    private readonly config: Config,
  ) {}

  /**
   * Starts a session. If something is still to be done first, it throws a refusal that says so; the answer then sets a
   * cookie that carries the proof.
   */
  async finish(request: Request, response: Response, proof: Proof): Promise<LoggedIn> {
    const { sessionId, isBack } = await this.start(request, response, proof);
    this.rememberDevice(request, response, proof.userId);
    this.forgetTickets(request, response);
    return { ...(await this.sessions.current({ userId: proof.userId, sessionId })), isBack };
  }

  /** Asks the strategy of another module who sent the request. */
  ask<Who extends object>(strategy: Strategy, request: Request, response: Response): Promise<Who> {
    return authenticate(strategy, request, response);
  }

  /** The browser's cookie by which its tries count apart from those of strangers. */
  deviceOf(request: Request): string | null {
    return readCookie(request, this.config, DEVICE_COOKIE.name);
  }

  /** What this browser has proven, if its log-in waits for this. */
  pending(request: Request, kind: TicketKind): Proof | null {
    return this.tickets.read(kind, readCookie(request, this.config, TICKETS[kind].cookie));
  }

  /** The id of this browser, if it has logged in to the account before. */
  knownDevice(request: Request, userId: string): string | null {
    return this.devices.known(this.deviceOf(request), userId);
  }

  /** The answer says which account the browser has proven: from now on, tries of strangers do not count against it. */
  rememberDevice(request: Request, response: Response, userId: string): void {
    const { name, days } = DEVICE_COOKIE;
    const known = readCookie(request, this.config, name);
    setCookie(response, this.config, name, this.devices.remember(known, userId), days);
  }

  private async start(request: Request, response: Response, proof: Proof) {
    try {
      return await this.signIn.start(request, response, proof);
    } catch (refused) {
      if (refused instanceof Unfinished) {
        const ticket = this.tickets.issue(refused.kind, refused.proof);
        const { cookie } = TICKETS[refused.kind];
        setCookie(response, this.config, cookie, ticket, TICKET_COOKIE_DAYS);
      }
      throw refused;
    }
  }

  private forgetTickets(request: Request, response: Response): void {
    for (const { cookie } of Object.values(TICKETS))
      if (readCookie(request, this.config, cookie) !== null)
        response.clearCookie(cookieName(this.config, cookie), cookieOptions(this.config));
  }
}
