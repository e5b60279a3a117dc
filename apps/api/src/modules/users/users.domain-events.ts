import type { ProfileVisibility } from '@echomate/contracts/users.dto';

/** Names, text or pictures of a profile have changed. */
export class ProfileChanged {
  constructor(readonly userId: string) {}
}

/** A person is now hidden from everyone, or visible again. */
export class AccountStateChanged {
  constructor(
    readonly userId: string,
    readonly isActive: boolean,
  ) {}
}

export class VisibilityChanged {
  constructor(
    readonly userId: string,
    readonly visibility: ProfileVisibility,
  ) {}
}
