import type { ReadMark } from '@echomate/contracts/chat.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { SvelteMap } from 'svelte/reactivity';

/** How far the others have read. */
export class ReadMarks {
  private readonly byReader: SvelteMap<string, ReadMark>;

  constructor(marks: ReadMark[]) {
    this.byReader = new SvelteMap(marks.map((mark) => [mark.user.id, mark]));
  }

  take({ user, messageId }: ReadMark): void {
    if (messageId > (this.byReader.get(user.id)?.messageId ?? ''))
      this.byReader.set(user.id, { user, messageId });
  }

  /** Who has read this message. */
  readersOf(messageId: string): UserCard[] {
    return [...this.byReader.values()]
      .filter((mark) => mark.messageId >= messageId)
      .map(({ user }) => user);
  }
}
