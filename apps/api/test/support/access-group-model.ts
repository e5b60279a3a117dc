import type { GroupStep } from './access-steps.js';

/** A group that is there when a history begins. */
export interface OpeningGroup {
  name: string;
  creator: string;
  /** Besides its creator, in the order in which they joined */
  members: string[];
}

/** What every group says of itself, and everyone who asks or invites. */
export const descriptionOf = (name: string): string => `What ${name} is about`;
export const wordsOf = (person: string): string => `${person} says hello`;

type Role = 'creator' | 'member';
export type Standing = 'none' | 'invited' | 'requested' | 'refused' | 'member';

interface Time {
  group: string;
  who: string;
  role: Role;
  endedBy: 'left' | 'removed' | null;
}

interface Waiting {
  /** Until it was declined or refused */
  isWaiting: boolean;
  /** Was decided less than a day ago */
  isFresh: boolean;
}

/** Who is in a group, and on the way there, said again in plain TypeScript. */
export class GroupsModel {
  private readonly deleted = new Set<string>();
  private readonly creators = new Map<string, string>();
  /** In the order in which they began */
  private readonly times: Time[] = [];
  private readonly invitations = new Map<string, Waiting & { by: string }>();
  private readonly requests = new Map<string, Waiting>();
  readonly names: string[];

  constructor(
    groups: readonly OpeningGroup[],
    private readonly around: {
      seesCard(a: string, b: string): boolean;
      onEntered(who: string, group: string): void;
      onLeft(who: string, group: string): void;
      /** Everyone loses it while they stay in it */
      onClosed(who: string, group: string): void;
      tell(to: string, actor: string, kind: string, group: string): void;
    },
  ) {
    this.names = groups.map(({ name }) => name);
    for (const { name, creator, members } of groups) {
      this.creators.set(name, creator);
      for (const who of [creator, ...members]) this.enter(name, who);
    }
  }

  isThere = (group: string): boolean => !this.deleted.has(group);

  private timeOf = (who: string, group: string): Time | undefined =>
    this.times.find((time) => time.who === who && time.group === group && time.endedBy === null);

  isIn = (who: string, group: string): boolean =>
    this.isThere(group) && this.timeOf(who, group) !== undefined;

  creatorOf = (group: string): string => this.creators.get(group)!;

  leads(who: string, group: string): boolean {
    return this.isThere(group) && this.creatorOf(group) === who;
  }

  members(group: string): string[] {
    return this.times
      .filter((time) => time.group === group && time.endedBy === null)
      .map(({ who }) => who);
  }

  timesIn = (group: string): Time[] => this.times.filter((time) => time.group === group);
  timesOf = (who: string): Time[] => this.times.filter((time) => time.who === who).reverse();

  /** As long as whoever invites can be seen. */
  inviterOf(who: string, group: string): string | null {
    const invitation = this.invitations.get(`${group} ${who}`);
    if (!invitation?.isWaiting || !this.isThere(group)) return null;
    return this.around.seesCard(who, invitation.by) ? invitation.by : null;
  }

  isAsking = (who: string, group: string): boolean =>
    Boolean(this.requests.get(`${group} ${who}`)?.isWaiting);

  standing(who: string, group: string): Standing {
    if (this.isIn(who, group)) return 'member';
    if (this.inviterOf(who, group) !== null) return 'invited';
    const request = this.requests.get(`${group} ${who}`);
    return request ? (request.isWaiting ? 'requested' : 'refused') : 'none';
  }

  /** Is in, or has anything to do with getting there. */
  isKnownTo(who: string, group: string): boolean {
    const key = `${group} ${who}`;
    return this.isIn(who, group) || this.invitations.has(key) || this.requests.has(key);
  }

  /** Whom somebody has invited, or, leading the group, all who are; none who cannot be seen. */
  sentBy(who: string, group: string, people: readonly string[]): string[] {
    return people.filter((one) => {
      const invitation = this.invitations.get(`${group} ${one}`);
      return (
        invitation?.isWaiting &&
        (this.leads(who, group) || invitation.by === who) &&
        this.around.seesCard(who, one) &&
        this.around.seesCard(who, invitation.by)
      );
    });
  }

  isInvited = (who: string, group: string): boolean =>
    Boolean(this.invitations.get(`${group} ${who}`)?.isWaiting);

  // ——— what happens

  dayPasses(): void {
    for (const one of [...this.invitations.values(), ...this.requests.values()])
      one.isFresh = false;
  }

  apply(step: GroupStep): void {
    const { group, by } = step;
    if (step.kind === 'restoreGroup') {
      if (this.creatorOf(group) === by) this.deleted.delete(group);
      return;
    }
    if (!this.isThere(group)) return;
    if ('of' in step) {
      if (this.isIn(by, group)) this.actAsMember(step);
      return;
    }
    const key = `${group} ${by}`;
    const invitation = this.invitations.get(key);
    switch (step.kind) {
      case 'ask':
        return this.ask(group, by);
      case 'withdrawRequest':
        if (this.isAsking(by, group)) this.requests.delete(key);
        return;
      case 'acceptInvitation':
        if (this.inviterOf(by, group) !== null) this.enter(group, by);
        return;
      case 'declineInvitation':
        if (this.inviterOf(by, group) !== null) decide(invitation!);
        return;
      case 'leave':
        if (this.creatorOf(group) !== by) this.end(group, by, 'left');
        return;
      case 'deleteGroup':
        if (this.creatorOf(group) !== by) return;
        for (const who of this.members(group)) this.around.onClosed(who, group);
        this.deleted.add(group);
    }
  }

  private actAsMember(step: Extract<GroupStep, { of: string }>): void {
    const { kind, group, by, of } = step;
    const key = `${group} ${of}`;
    if (kind === 'invite') return this.invite(group, by, of);
    const isLeading = this.creatorOf(group) === by;
    if (kind === 'withdrawInvitation') {
      const invitation = this.invitations.get(key);
      if (invitation?.isWaiting && (isLeading || invitation.by === by))
        this.invitations.delete(key);
      return;
    }
    if (!isLeading || of === by) return;
    switch (kind) {
      case 'acceptRequest':
        if (this.isAsking(of, group) && this.around.seesCard(by, of)) this.letIn(group, by, of);
        return;
      case 'refuseRequest':
        if (this.isAsking(of, group) && this.around.seesCard(by, of))
          decide(this.requests.get(key)!);
        return;
      case 'removeMember':
        return this.end(group, of, 'removed');
      case 'handOver':
        if (!this.isIn(of, group) || !this.around.seesCard(by, of)) return;
        this.timeOf(by, group)!.role = 'member';
        this.timeOf(of, group)!.role = 'creator';
        this.creators.set(group, of);
    }
  }

  /** Who has asked is in; who has declined, or is invited by somebody they can see, is left alone. */
  private invite(group: string, by: string, of: string): void {
    if (!this.around.seesCard(by, of) || this.isIn(of, group)) return;
    if (this.isAsking(of, group)) return this.letIn(group, by, of);
    const before = this.invitations.get(`${group} ${of}`);
    if (before?.isWaiting ? this.around.seesCard(of, before.by) : before?.isFresh) return;
    this.invitations.set(`${group} ${of}`, { by, isWaiting: true, isFresh: true });
    this.around.tell(of, by, 'group-invitation', group);
  }

  private letIn(group: string, by: string, of: string): void {
    this.enter(group, of);
    this.around.tell(of, by, 'group-joined', group);
  }

  private ask(group: string, by: string): void {
    if (this.isIn(by, group)) return;
    if (this.inviterOf(by, group) !== null) return this.enter(group, by);
    const before = this.requests.get(`${group} ${by}`);
    if (before && (before.isWaiting || before.isFresh)) return;
    this.requests.set(`${group} ${by}`, { isWaiting: true, isFresh: true });
    this.around.tell(this.creatorOf(group), by, 'group-request', group);
  }

  private enter(group: string, who: string): void {
    const role = this.creatorOf(group) === who ? 'creator' : 'member';
    this.times.push({ group, who, role, endedBy: null });
    this.around.onEntered(who, group);
    this.invitations.delete(`${group} ${who}`);
    this.requests.delete(`${group} ${who}`);
  }

  /** Whom they have invited is invited no more. */
  private end(group: string, who: string, endedBy: 'left' | 'removed'): void {
    const time = this.timeOf(who, group);
    if (!time) return;
    time.endedBy = endedBy;
    this.around.onLeft(who, group);
    for (const [key, { by, isWaiting }] of this.invitations)
      if (key.startsWith(`${group} `) && by === who && isWaiting) this.invitations.delete(key);
  }
}

const decide = (waiting: Waiting): void => {
  waiting.isWaiting = false;
  waiting.isFresh = true;
};
