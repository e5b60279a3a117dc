import type { ProfileVisibility } from '@echomate/contracts/users.dto';

/** Names, words or pictures of a profile are others now. */
export class ProfileChanged {
  constructor(readonly userId: string) {}
}

export class VisibilityChanged {
  constructor(
    readonly userId: string,
    readonly visibility: ProfileVisibility,
  ) {}
}
