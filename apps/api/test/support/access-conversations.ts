import type { ConversationDetails, Message } from '@echomate/contracts/chat.dto';
import { v7 as uuid } from 'uuid';
import { FIRST_ID } from '../../src/platform/database/ids.js';
import { join, sql, type Transaction } from '../../src/platform/database/statements.js';
import { openingMessages, pairName, type OpeningConversation } from './access-chat-model.js';
import { ABSENT } from './access-post-paths.js';
import type { Step } from './access-steps.js';
import type { AccessWorld } from './access-world.js';

interface WrittenConversation {
  id: string;
  opening: OpeningConversation | null;
  /** Ids by what they say, in the order in which they were written */
  messages: Map<string, string>;
  media: Message['media'];
}

/** The conversations in the api. */
export class Conversations {
  private readonly written = new Map<string, WrittenConversation>();

  constructor(private readonly world: AccessWorld) {}

  idOf = (name: string): string => this.written.get(name)?.id ?? ABSENT;
  messagesIn = (name: string): string[] => [...(this.written.get(name)?.messages.values() ?? [])];
  pictureIn = (name: string): Message['media'] => this.written.get(name)?.media ?? [];
  get ids(): Map<string, string> {
    return new Map([...this.written].map(([name, { id }]) => [name, id]));
  }
  get messageIds(): Map<string, string> {
    return new Map([...this.written.values()].flatMap(({ messages }) => [...messages]));
  }

  nameOf = (id: string): string =>
    [...this.written].find(([, written]) => written.id === id)?.[0] ?? 'another conversation';
  textOf = (id: string): string =>
    [...this.messageIds].find(([, written]) => written === id)?.[0] ?? 'another message';

  /** While everybody is in the group, or while one follows the other. */
  async begin(opening: OpeningConversation): Promise<void> {
    const { world } = this;
    const { name, between, group } = opening;
    const who = between?.[0] ?? world.group(group!).creator;
    const asker = world.asker(who);
    if (between) await asker.ask('PUT', `users/${world.person(between[1]).id}/follow`);
    const { body } = between
      ? await asker.ask('POST', 'conversations', { userId: world.person(between[1]).id })
      : await asker.get(`groups/${world.group(group!).id}/conversation`);
    const { id } = body as ConversationDetails;
    const written: WrittenConversation = { id, opening, messages: new Map(), media: [] };
    this.written.set(name, written);
    const [first, ...others] = openingMessages(opening);
    const mediaIds = [await world.upload(world.person(first!.sender).browser)];
    written.media = (await this.send(first!.sender, name, first!.name, { mediaIds }))!.media;
    const replyToId = written.messages.get(first!.name)!;
    for (const { sender, name: text, answers } of others)
      await this.send(sender, name, text, answers ? { replyToId } : {});
    for (const reactor of first!.reactors)
      await world.asker(reactor).ask('PUT', `messages/${replyToId}/reaction`, { emoji: '👍' });
  }

  async start(by: string, of: string): Promise<number> {
    const { status, body } = await this.world
      .asker(by)
      .ask('POST', 'conversations', { userId: this.world.person(of).id });
    const name = pairName(by, of);
    if (status === 201 && !this.written.has(name)) {
      const { id } = body as ConversationDetails;
      this.written.set(name, { id, opening: null, messages: new Map(), media: [] });
    }
    return status;
  }

  async happen(step: Extract<Step, { conversation: string }>, words: string): Promise<number> {
    const { by, conversation } = step;
    const path = `conversations/${this.idOf(conversation)}`;
    const asker = this.world.asker(by);
    switch (step.kind) {
      case 'say':
        await this.send(by, conversation, words);
        return 200;
      case 'type':
        this.world.pages.type(by, this.idOf(conversation));
        return 200;
      case 'readChat': {
        const messageId = this.messagesIn(conversation).at(-1) ?? ABSENT;
        return (await asker.ask('PUT', `${path}/read`, { messageId })).status;
      }
      default: {
        const what = step.kind === 'acceptChat' ? 'accept' : 'decline';
        return (await asker.ask('POST', `${path}/${what}`)).status;
      }
    }
  }

  private async send(
    who: string,
    name: string,
    content: string,
    values: object = {},
  ): Promise<Message | null> {
    const { status, body } = await this.world
      .asker(who)
      .ask('POST', `conversations/${this.idOf(name)}/messages`, {
        content,
        clientId: uuid(),
        ...values,
      });
    if (status >= 500) throw new Error(`“${content}” answered ${status}`);
    if (status !== 201) return null;
    this.written.get(name)!.messages.set(content, (body as Message).id);
    return body as Message;
  }

  /** Only what was there in the beginning, read by nobody and accepted by those who wrote. */
  async reset(transaction: Transaction): Promise<void> {
    for (const [name, { id, opening, messages }] of this.written) {
      if (!opening) {
        await transaction.run(sql`DELETE FROM conversations WHERE id = ${id}`);
        this.written.delete(name);
        continue;
      }
      const kept = openingMessages(opening).map((one) => one.name);
      for (const text of messages.keys()) if (!kept.includes(text)) messages.delete(text);
      const ids = [...messages.values()];
      const last = ids.at(-1)!;
      await transaction.run(
        sql`DELETE FROM messages WHERE conversation_id = ${id} AND id NOT IN (${join(ids)})`,
      );
      await transaction.run(
        sql`UPDATE conversations SET last_message_id = ${last} WHERE id = ${id}`,
      );
      if (opening.group) {
        await transaction.run(sql`DELETE FROM participants WHERE conversation_id = ${id}`);
        continue;
      }
      const writers = opening.writers.map((who) => this.world.person(who).id);
      await transaction.run(sql`
        UPDATE participants SET last_message_id = ${last}, last_read_id = ${FIRST_ID}, declined_at = NULL,
          accepted_at = NULL
        WHERE conversation_id = ${id}`);
      await transaction.run(sql`
        UPDATE participants SET accepted_at = ${new Date().toISOString()}
        WHERE conversation_id = ${id} AND user_id IN (${join(writers)})`);
    }
  }
}
