/** Whoever was logged in with these sessions is not any more. */
export class SessionsEnded {
  constructor(
    readonly userId: string,
    readonly sessionIds: string[],
  ) {}
}
