import type { ConversationDetails, Conversation, Message } from '@echomate/contracts/chat.dto';
import { v7 as uuid } from 'uuid';
import type { Person } from './neighbourhood.js';
import { cookieOf, connected, lineOf, type Line } from './sockets.js';
import { API, type TestApp } from './test-app.js';

export const startWith = (who: Person, whom: { id: string }) =>
  who.browser.post(`${API}/conversations`).send({ userId: whom.id });

export const between = async (who: Person, whom: Person): Promise<ConversationDetails> =>
  (await startWith(who, whom).expect(201)).body;

export const say = (
  who: Person,
  { id }: { id: string },
  content: string,
  values: Record<string, unknown> = {},
) =>
  who.browser
    .post(`${API}/conversations/${id}/messages`)
    .send({ content, clientId: uuid(), ...values });

export const said = async (
  who: Person,
  conversation: { id: string },
  content: string,
  values?: Record<string, unknown>,
): Promise<Message> => {
  const response = await say(who, conversation, content, values);
  if (response.status !== 201)
    throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
  return response.body as Message;
};

export const roomOf = async (who: Person, { id }: { id: string }): Promise<ConversationDetails> =>
  (await who.browser.get(`${API}/groups/${id}/conversation`).expect(200)).body;

export const heard = async (who: Person, { id }: { id: string }, query = ''): Promise<Message[]> =>
  (await who.browser.get(`${API}/conversations/${id}/messages${query}`).expect(200)).body.items;

export const texts = (messages: { content: string }[]) => messages.map(({ content }) => content);

export const listOf = async (who: Person, path = ''): Promise<Conversation[]> =>
  (await who.browser.get(`${API}/conversations${path}`).expect(200)).body.items;

export const unreadOf = async (who: Person): Promise<number> =>
  (await who.browser.get(`${API}/conversations/unread`).expect(200)).body.conversations;

export const read = (who: Person, { id }: { id: string }, message: { id: string }) =>
  who.browser.put(`${API}/conversations/${id}/read`).send({ messageId: message.id });

/** Notifications of what was before may still come by jobs; and other tests end processes that share the Redis. */
const UNRELATED = ['notifications.changed', 'pushes.missed'];

/** An open page, with everything it was told of chat. */
export async function openPage(app: TestApp, who: Person) {
  const line: Line = await connected(lineOf(app, cookieOf(app, who.browser)));
  const told: { name: string; payload: Record<string, unknown> }[] = [];
  line.onAny((name: string, payload: Record<string, unknown>) => {
    if (!UNRELATED.includes(name)) told.push({ name, payload });
  });
  return {
    line,
    told,
    /** The texts of messages it was told of. */
    messages: () =>
      told
        .filter(({ name }) => name === 'message.added')
        .map(({ payload }) => payload['content'] as string),
    of: (name: string) => told.filter((one) => one.name === name).map(({ payload }) => payload),
    close: () => line.close(),
  };
}
