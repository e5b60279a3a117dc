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

/** A registration has become an account; it is deleted in the same transaction. */
export class AccountOpened {
  constructor(
    readonly userId: string,
    readonly registrationId: string,
  ) {}
}

/** The account was taken back from the address that it had been moved away from: whoever moved it may know a way in. */
export class AccountBroughtBack {
  constructor(readonly userId: string) {}
}

/** Whom another site says somebody is. */
export interface OutsideIdentity {
  issuer: string;
  subject: string;
}

/** Somebody came in by saying who they are elsewhere. */
export class CameFromOutside {
  constructor(
    readonly userId: string,
    readonly identity: OutsideIdentity,
    /** Whoever has given the account's password for it: from now on it opens the account */
    readonly isNew: boolean,
  ) {}
}

/** These sessions are no longer logged in. */
export class SessionsEnded {
  constructor(
    readonly userId: string,
    readonly sessionIds: string[],
    readonly reason: SessionEndReason,
  ) {}
}

/** The password or the address of the account is another now. */
export class CredentialsChanged {
  constructor(readonly userId: string) {}
}

/** The session has a new secret; the old one is no longer valid. */
export class SessionRenewed {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {}
}
