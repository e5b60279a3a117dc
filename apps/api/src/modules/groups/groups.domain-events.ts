// Listeners that notify people must test the rule for each of them.

export class GroupCreated {
  constructor(
    readonly groupId: string,
    readonly creatorId: string,
  ) {}
}

/** Title, description or banner have changed. */
export class GroupChanged {
  constructor(
    readonly groupId: string,
    readonly changedById: string,
  ) {}
}

/** Hidden from everyone; its creator can still restore it. */
export class GroupDeleted {
  constructor(
    readonly groupId: string,
    readonly deletedById: string,
  ) {}
}

export class GroupRestored {
  constructor(
    readonly groupId: string,
    readonly restoredById: string,
  ) {}
}

/** A deleted group can no longer be restored: what belongs to it goes. */
export class GroupWiped {
  constructor(readonly groupId: string) {}
}

export class GroupHandedOver {
  constructor(
    readonly groupId: string,
    readonly fromId: string,
    readonly toId: string,
  ) {}
}

export class GroupInvited {
  constructor(
    readonly groupId: string,
    readonly userId: string,
    readonly inviterId: string,
  ) {}
}

export class GroupJoinRequested {
  constructor(
    readonly groupId: string,
    readonly userId: string,
  ) {}
}

export class GroupJoined {
  constructor(
    readonly groupId: string,
    readonly userId: string,
    /** Who accepted a request, or whose invitation it was */
    readonly byId: string | null,
    readonly how: 'accepted' | 'invited' | 'created',
  ) {}
}

/** The person is out: by themselves, or removed. */
export class MembershipEnded {
  constructor(
    readonly groupId: string,
    readonly userId: string,
    readonly endedBy: 'left' | 'removed',
  ) {}
}
