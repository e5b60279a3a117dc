// Listeners that push or notify must test the rule for each recipient.

export class MessageSent {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
    readonly senderId: string,
  ) {}
}

/** Sent again, because its sender got no answer: the process that saved it may have ended before it told anybody. */
export class MessageRepeated {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
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
  ) {}
}

/** How somebody stands to a conversation has changed: muted, put away, accepted, declined. */
export class ConversationSettled {
  constructor(
    readonly conversationId: string,
    readonly userId: string,
  ) {}
}
