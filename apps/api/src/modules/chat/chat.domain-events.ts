// Listeners that push or notify must test the rule for each recipient.

export class MessageSent {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
    readonly senderId: string,
  ) {}
}

export class MessageEdited {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
  ) {}
}

/** Its text is gone; the row stays. */
export class MessageDeleted {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
  ) {}
}

/** Somebody added, changed or took back a reaction. */
export class MessageReacted {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
    readonly userId: string,
  ) {}
}

export class ConversationRead {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
    readonly messageId: string,
    /** What they had read before */
    readonly afterId: string,
  ) {}
}

/** How somebody stands to a conversation has changed: muted, put away, accepted, declined. */
export class ConversationSettled {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
  ) {}
}
