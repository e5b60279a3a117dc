import type { Conversation, LastMessage } from '@echomate/contracts/chat.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { nameOf } from '#lib/features/follows/person.ts';
import * as m from '#lib/generated/messages.js';
import { addressIn, LINK } from '#lib/link-address.ts';

/** Whoever isn't there any more, for whatever reason, has one name. */
export const nameOrGone = (person: UserCard | null) => (person ? nameOf(person) : m.chat_gone());

export const titleOf = ({ group, person }: Pick<Conversation, 'group' | 'person'>) =>
  group ? group.title : nameOrGone(person);

/** In a group, who wrote it is said too. */
export const previewOf = (
  message: LastMessage | null,
  viewerId: string,
  kind: Conversation['kind'],
) => {
  if (!message) return m.chat_nothing_yet();
  if (message.isDeleted) return m.chat_deleted();
  const { sender } = message;
  const content = message.content || (message.hasMedia ? m.chat_photo() : m.chat_photo_gone());
  if (sender?.id === viewerId) return m.chat_you_said({ content });
  return kind === 'group' && sender
    ? m.chat_somebody_said({ name: sender.firstName, content })
    : content;
};

/** At least one person has seen it. */
export const seenBy = (readers: Pick<UserCard, 'firstName'>[]) => {
  const [first = '', second = ''] = readers.map(({ firstName }) => firstName);
  if (readers.length === 1) return m.chat_seen_by({ name: first });
  return readers.length === 2
    ? m.chat_seen_by_two({ first, second })
    : m.chat_seen_by_many({ first, count: readers.length - 1 });
};

const FEW_EMOJI = /^(?:\p{RGI_Emoji}\s*){1,3}$/v;

/** Then it is shown large. */
export const isOnlyEmoji = (content: string) => content.length < 60 && FEW_EMOJI.test(content);

const LINKS = new RegExp(LINK, 'gu');

/** Texts and the links between them; nothing is loaded from where they lead. */
export const partsOf = (content: string) => {
  const parts: { text: string; isLink: boolean }[] = [];
  let position = 0;
  for (const { 0: found, index } of content.matchAll(LINKS)) {
    const address = addressIn(found);
    if (!address) continue;
    parts.push({ text: content.slice(position, index), isLink: false });
    parts.push({ text: address, isLink: true });
    position = index + address.length;
  }
  return [...parts, { text: content.slice(position), isLink: false }];
};
