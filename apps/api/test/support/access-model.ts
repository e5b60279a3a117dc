/** Something that happens; people are numbers. */
export type Fact =
  | {
      kind:
        | 'follow'
        | 'unfollow'
        | 'accept'
        | 'decline'
        | 'removeFollower'
        | 'block'
        | 'unblock'
        | 'mute'
        | 'unmute';
      by: number;
      of: number;
    }
  | { kind: 'setVisibility'; by: number; to: 'public' | 'private' }
  | { kind: 'setField'; by: number; field: Field; to: 'profile' | 'followers' | 'me' }
  | { kind: 'dayPasses' };

export type Field = 'email' | 'dateOfBirth';
type Status = 'none' | 'requested' | 'accepted' | 'declined';

/** Who may see what, said again in plain TypeScript: knows nothing of the program, its SQL or its routes. */
export class AccessModel {
  readonly follows = new Map<string, { status: Status; isFresh: boolean }>();
  readonly blocks = new Set<string>();
  readonly mutes = new Set<string>();
  readonly isPrivate: boolean[];
  readonly fields: Record<Field, ('profile' | 'followers' | 'me')[]>;

  constructor(readonly people: number) {
    this.isPrivate = Array<boolean>(people).fill(false);
    this.fields = {
      email: Array(people).fill('profile'),
      dateOfBirth: Array(people).fill('profile'),
    };
  }

  // ——— the rule; fields, so that a test can break them one by one

  status = (a: number, b: number): Status => this.follows.get(`${a}>${b}`)?.status ?? 'none';
  isFollowing = (a: number, b: number): boolean => this.status(a, b) === 'accepted';
  isBlocked = (a: number, b: number): boolean =>
    this.blocks.has(`${a}>${b}`) || this.blocks.has(`${b}>${a}`);
  seesCard = (a: number, b: number): boolean => !this.isBlocked(a, b);
  seesProfile = (a: number, b: number): boolean =>
    a === b || (this.seesCard(a, b) && (!this.isPrivate[b] || this.isFollowing(a, b)));
  seesField = (a: number, b: number, field: Field): boolean => {
    if (a === b) return true;
    if (!this.seesCard(a, b)) return false;
    const to = this.fields[field][b];
    return to === 'profile' ? this.seesProfile(a, b) : to === 'followers' && this.isFollowing(a, b);
  };

  followersOf = (b: number) => this.everyone().filter((a) => this.isFollowing(a, b));
  followedBy = (a: number) => this.everyone().filter((b) => this.isFollowing(a, b));
  requestsTo = (b: number) => this.everyone().filter((a) => this.status(a, b) === 'requested');
  everyone = () => Array.from({ length: this.people }, (_, index) => index);

  // ——— what happens

  apply(fact: Fact): void {
    if (fact.kind === 'dayPasses') {
      for (const follow of this.follows.values()) follow.isFresh = false;
      return;
    }
    if (fact.kind === 'setVisibility') {
      this.isPrivate[fact.by] = fact.to === 'private';
      if (fact.to === 'public')
        for (const a of this.requestsTo(fact.by)) this.set(a, fact.by, 'accepted');
      return;
    }
    if (fact.kind === 'setField') {
      this.fields[fact.field][fact.by] = fact.to;
      return;
    }
    const { by, of } = fact;
    switch (fact.kind) {
      case 'follow':
        return this.follow(by, of);
      case 'unfollow':
        if (!this.isBlocked(by, of) && this.status(by, of) !== 'declined')
          this.follows.delete(`${by}>${of}`);
        return;
      case 'accept':
        if (this.status(of, by) === 'requested') this.set(of, by, 'accepted');
        return;
      case 'decline':
        if (this.status(of, by) === 'requested') this.set(of, by, 'declined');
        return;
      case 'removeFollower':
        if (this.status(of, by) === 'accepted') this.follows.delete(`${of}>${by}`);
        return;
      case 'block':
        if (this.isBlocked(by, of)) return;
        this.follows.delete(`${by}>${of}`);
        this.follows.delete(`${of}>${by}`);
        this.blocks.add(`${by}>${of}`);
        return;
      case 'unblock':
        this.blocks.delete(`${by}>${of}`);
        return;
      case 'mute':
        if (!this.isBlocked(by, of)) this.mutes.add(`${by}>${of}`);
        return;
      case 'unmute':
        this.mutes.delete(`${by}>${of}`);
    }
  }

  private follow(by: number, of: number): void {
    if (this.isBlocked(by, of)) return;
    const { status, isFresh } = this.follows.get(`${by}>${of}`) ?? {
      status: 'none',
      isFresh: false,
    };
    if (status === 'accepted' || status === 'requested') return;
    if (!this.isPrivate[of]) this.set(by, of, 'accepted');
    else if (status === 'none' || !isFresh) this.set(by, of, 'requested');
  }

  private set(a: number, b: number, status: Status): void {
    this.follows.set(`${a}>${b}`, { status, isFresh: true });
  }
}
