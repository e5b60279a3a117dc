export type SessionEndReason =
  | 'logged-out'
  /** From the list of sessions */
  | 'ended-by-owner'
  /** The same browser logged in again */
  | 'replaced'
  /** The password or the address of the account */
  | 'credentials-changed'
  /** The account is no longer active */
  | 'account-inactive'
  | 'expired';

/** These sessions are no longer logged in. */
export class SessionsEnded {
  constructor(
    readonly userId: string,
    readonly sessionIds: string[],
    readonly reason: SessionEndReason,
  ) {}
}

/** The session has a new secret; the old one is no longer valid. */
export class SessionRenewed {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {}
}
