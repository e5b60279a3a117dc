import type {
  Conversation,
  ConversationDetails,
  FoundMessages,
  Message,
  UnreadConversations,
} from '@echomate/contracts/chat.dto';
import type { UserCard } from '@echomate/contracts/users.dto';
import { v7 as uuid } from 'uuid';
import { pairName, roomName, type ModelMessage } from './access-chat-model.js';
import type { AccessModel } from './access-model.js';
import type { OwnPath, PersonPath } from './access-person-paths.js';
import { ABSENT, bytesOf } from './access-post-paths.js';
import type { GroupPath } from './access-group-paths.js';
import type { AccessWorld } from './access-world.js';
import { HIDDEN, told, type Answer, type Asker, type Page } from './asker.js';

/** Every way that leads to a conversation and to messages: how to ask, and what the model expects, in names. */

const NOT_ALLOWED = 403;
const CONFLICT = 409;

const nameOf = (world: AccessWorld, person: UserCard | null): string | null =>
  (person && world.namesOf('people', [person])[0]) ?? null;

const seenBy = (model: AccessModel, viewer: string, person: string | null): string | null =>
  person !== null && model.seesCard(viewer, person) ? person : null;

const shownMessage = (world: AccessWorld, message: Message) => ({
  says: message.content,
  by: nameOf(world, message.sender),
  pictures: message.media.length,
  answers: message.replyTo && [message.replyTo.content, nameOf(world, message.replyTo.sender)],
  reactions: message.reactions.map(({ count, isOwn }) => [count, isOwn]),
});

const expectMessage = (model: AccessModel, viewer: string, message: ModelMessage) => {
  const answered = model.chat.everyMessage.find(({ name }) => name === message.answers);
  const isAnswerSeen = answered && model.chat.seesMessage(viewer, answered);
  const reactors = model.visible(viewer, message.reactors);
  return {
    says: message.name,
    by: seenBy(model, viewer, message.sender),
    pictures: message.hasPicture ? 1 : 0,
    answers: isAnswerSeen ? [answered.name, seenBy(model, viewer, answered.sender)] : null,
    reactions: reactors.length ? [[reactors.length, reactors.includes(viewer)]] : [],
  };
};

const shown = (world: AccessWorld, conversation: Conversation) => ({
  name: world.conversationOf(conversation.id),
  with: nameOf(world, conversation.person),
  last: conversation.lastMessage && [
    conversation.lastMessage.content,
    nameOf(world, conversation.lastMessage.sender),
  ],
  unread: conversation.unreadCount,
  isRequest: conversation.isRequest,
  closedBecause: conversation.closedBecause,
  isOnline: conversation.isOnline,
});

const expectShown = (model: AccessModel, viewer: string, name: string) => {
  const { chat } = model;
  const last = chat.lastFor(viewer, name);
  const other = chat.otherIn(name, viewer);
  return {
    name,
    with: seenBy(model, viewer, other),
    last: last ? [last.name, seenBy(model, viewer, last.sender)] : null,
    unread: chat.unreadIn(viewer, name),
    isRequest: !chat.isReached(viewer, name),
    closedBecause: chat.closedFor(viewer, name),
    isOnline: chat.isOnline(viewer, other),
  };
};

export interface ChatPath {
  name: string;
  ask(asker: Asker, id: string, world: AccessWorld, name: string): Promise<unknown>;
  /** For those who see the conversation */
  expect(model: AccessModel, viewer: string, name: string): unknown;
}

const oldestFirst = (model: AccessModel, viewer: string, name: string) =>
  model.chat
    .messagesIn(name)
    .filter((message) => model.chat.seesMessage(viewer, message))
    .map((message) => expectMessage(model, viewer, message));

const messageList = (name: string, path: (id: string, world: AccessWorld) => string): ChatPath => ({
  name,
  ask: async (asker, id, world) =>
    told(await asker.get(path(id, world)), ({ items }: Page<Message>) =>
      items.map((message) => shownMessage(world, message)).sort(byText),
    ),
  expect: (model, viewer, conversation) => oldestFirst(model, viewer, conversation).sort(byText),
});
const byText = (one: { says: string }, other: { says: string }) => (one.says < other.says ? -1 : 1);

export const CHAT_PATHS: ChatPath[] = [
  {
    name: 'conversation',
    ask: async (asker, id, world) =>
      told(await asker.get(`conversations/${id}`), ({ readers, ...rest }: ConversationDetails) => ({
        ...shown(world, rest),
        readers: readers.map(({ user }) => nameOf(world, user)).sort(),
        marks: readers.map(({ messageId }) => world.messageOf(messageId)).sort(),
      })),
    expect: (model, viewer, name) => {
      const readers = model.chat.readers(viewer, name);
      return {
        ...expectShown(model, viewer, name),
        readers: readers.toSorted(),
        marks: readers.map((one) => model.chat.readMark(one, name)).sort(),
      };
    },
  },
  messageList('messages', (id) => `conversations/${id}/messages?limit=50`),
  messageList('messages, catching up', (id) => `conversations/${id}/messages?after=${ABSENT}`),
  messageList('messages found in it', (id) => `conversations/${id}/search?q=writes`),
  {
    name: "message's picture",
    ask: async (asker, _, world, name) => {
      const media = world.conversations.pictureIn(name);
      return media.length ? bytesOf(asker, media) : (await asker.get(`media/${ABSENT}`)).status;
    },
    expect: ({ chat }, viewer, name) => {
      const [first] = chat.messagesIn(name);
      return first?.hasPicture && chat.seesMessage(viewer, first) ? 200 : HIDDEN;
    },
  },
];

/** What those do in a conversation who may, and others to no avail. */
export interface ChatAttempt {
  name: string;
  /** Null for those who may: nobody does it here */
  refusal(model: AccessModel, viewer: string, name: string): number | null;
  attempt(asker: Asker, id: string, world: AccessWorld, name: string): Promise<Answer>;
}

const whereOpen: ChatAttempt['refusal'] = ({ chat }, viewer, name) => {
  if (!chat.sees(viewer, name)) return HIDDEN;
  return chat.closedFor(viewer, name) ? NOT_ALLOWED : null;
};
const whereSeen: ChatAttempt['refusal'] = ({ chat }, viewer, name) =>
  chat.sees(viewer, name) ? null : HIDDEN;
/** To the first message there. */
const ofMessage =
  (isOthers: boolean): ChatAttempt['refusal'] =>
  ({ chat }, viewer, name) => {
    const [first] = chat.messagesIn(name);
    if (!first || !chat.seesMessage(viewer, first)) return HIDDEN;
    if (isOthers) {
      if (chat.closedFor(viewer, name)) return NOT_ALLOWED;
      return first.sender === viewer ? null : HIDDEN;
    }
    return chat.closedFor(viewer, name) ? NOT_ALLOWED : null;
  };
const first = (world: AccessWorld, name: string) =>
  world.conversations.messagesIn(name)[0] ?? ABSENT;

export const CHAT_ATTEMPTS: ChatAttempt[] = [
  {
    name: 'to write',
    refusal: whereOpen,
    attempt: (asker, id) =>
      asker.ask('POST', `conversations/${id}/messages`, { content: 'Hm', clientId: uuid() }),
  },
  {
    name: 'to mark as read',
    refusal: whereSeen,
    attempt: (asker, id, world, name) =>
      asker.ask('PUT', `conversations/${id}/read`, { messageId: first(world, name) }),
  },
  ...(['accept', 'decline'] as const).map((what): ChatAttempt => ({
    name: `to ${what} it`,
    refusal: whereSeen,
    attempt: (asker, id) => asker.ask('POST', `conversations/${id}/${what}`),
  })),
  {
    name: 'to mute it',
    refusal: whereSeen,
    attempt: (asker, id) => asker.ask('PATCH', `conversations/${id}`, { isMuted: true }),
  },
  {
    name: 'to react',
    refusal: ofMessage(false),
    attempt: (asker, _, world, name) =>
      asker.ask('PUT', `messages/${first(world, name)}/reaction`, { emoji: '🎉' }),
  },
  {
    name: "to change somebody's message",
    refusal: ofMessage(true),
    attempt: (asker, _, world, name) =>
      asker.ask('PATCH', `messages/${first(world, name)}`, { content: 'Mine' }),
  },
  {
    name: "to delete somebody's message",
    refusal: ({ chat }, viewer, name) => {
      const [one] = chat.messagesIn(name);
      return one && chat.seesMessage(viewer, one) && one.sender === viewer ? null : HIDDEN;
    },
    attempt: (asker, _, world, name) => asker.ask('DELETE', `messages/${first(world, name)}`),
  },
];

// ——— beside people and groups

export const CHAT_WITH_PERSON: PersonPath = {
  name: 'to begin a conversation',
  ask: async (asker, person, world) => {
    const answer = await asker.ask('POST', 'conversations', { userId: world.person(person).id });
    return told(
      { ...answer, status: answer.status === 201 ? 200 : answer.status },
      (one: Conversation) => world.conversationOf(one.id),
    );
  },
  expect: (model, viewer, person) => {
    if (person === viewer) return CONFLICT;
    if (!model.seesCard(viewer, person)) return HIDDEN;
    const name = pairName(viewer, person);
    if (model.chat.find(name)) return name;
    return model.chat.mayStart(viewer, person) ? undefined : NOT_ALLOWED;
  },
};

export const ROOM_OF_GROUP: GroupPath = {
  name: 'its room',
  ask: async (asker, { id }, world) =>
    told(await asker.get(`groups/${id}/conversation`), (one: Conversation) =>
      world.conversationOf(one.id),
    ),
  expect: (model, viewer, group) => (model.groups.isIn(viewer, group) ? roomName(group) : HIDDEN),
};

// ——— what is the viewer's own

const list = (
  name: string,
  path: string,
  names: (model: AccessModel, viewer: string) => string[],
): OwnPath => ({
  name,
  ask: async (asker, world) =>
    told(await asker.get(`conversations${path}?limit=50`), ({ items }: Page<Conversation>) =>
      items.map((one) => shown(world, one)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),
  expect: (model, viewer) =>
    names(model, viewer)
      .toSorted()
      .map((one) => expectShown(model, viewer, one)),
});

export const OWN_CHAT_PATHS: OwnPath[] = [
  list('conversations', '', ({ chat }, viewer) => chat.inbox(viewer)),
  list('message requests', '/requests', ({ chat }, viewer) => chat.requests(viewer)),
  {
    name: 'unread conversations',
    ask: async (asker) =>
      told(
        await asker.get('conversations/unread'),
        (body: UnreadConversations) => body.conversations,
      ),
    expect: ({ chat }, viewer) => chat.unread(viewer),
  },
  {
    name: 'messages found',
    ask: async (asker) =>
      told(await asker.get('conversations/search?q=writes'), ({ items }: FoundMessages) =>
        items.map(({ content }) => content).sort(),
      ),
    expect: ({ chat }, viewer) =>
      chat
        .found(viewer, chat.inbox(viewer))
        .map(({ name }) => name)
        .sort(),
  },
];
