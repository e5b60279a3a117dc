/** The bare chat server's process: node:http, socket.io and the database driver, one INSERT for each message. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type * as SocketIo from 'socket.io';
import type * as Uuid from 'uuid';
import { fromApi } from '../api-packages.ts';
import { named, openDatabase, openWriter, written } from '../bare/database.ts';
import { cardsReader, type Card } from '../bare/posts.ts';
import { sessionReader } from '../bare/session.ts';
import { optionsGiven } from '../children.ts';
import type { Installation } from '../installation.ts';

export interface BareChatOptions extends Installation {
  /** The headers of the api's answer, so that both send as much. */
  headers: Record<string, string>;
}

interface Sent {
  content: string;
  clientId: string;
}

const { Server } = fromApi('socket.io') as typeof SocketIo;
const { v7: uuid } = fromApi('uuid') as typeof Uuid;
const { headers, ...installation } = await optionsGiven<BareChatOptions>();
const database = openDatabase(installation.dataDir, installation.databaseUrl);
const readSession = sessionReader(
  database,
  readFileSync(join(installation.dataDir, 'session-secret'), 'utf8'),
);
const findRooms = database.prepareAll<{ id: string }>(
  'SELECT conversation_id AS id FROM participants WHERE user_id = ?',
);
const findCards = cardsReader(database);
const cards = new Map<string, Card>();
const insert = inserter();

const server = createServer(async (request, response) => {
  try {
    const session = await readSession(request);
    if (!session) return void response.writeHead(401).end();
    const conversationId = request.url!.split('/')[4]!;
    const sent = JSON.parse(await bodyOf(request)) as Sent;
    const body = JSON.stringify(await send(session.userId, conversationId, sent));
    response.statusCode = 201;
    for (const name in headers) response.setHeader(name, headers[name]!);
    response.setHeader('X-Request-Id', randomUUID());
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
const sockets = new Server(server, { serveClient: false, perMessageDeflate: false });
sockets.use((socket, next) => {
  void Promise.resolve(readSession(socket.request)).then(async (session) => {
    if (!session) return next(new Error('not-signed-in'));
    await socket.join((await findRooms(session.userId)).map(({ id }) => id));
    next();
  }, next);
});
server.listen(0, '127.0.0.1', () => process.send!(server.address()));
process.on('disconnect', () => process.exit());

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}

async function send(senderId: string, conversationId: string, { content, clientId }: Sent) {
  const id = uuid();
  await insert({
    id,
    conversation: conversationId,
    sender: senderId,
    client: clientId,
    content,
    words: content.toLowerCase(),
  });
  if (!cards.has(senderId))
    cards.set(senderId, (await findCards(senderId, [senderId])).get(senderId)!);
  const message = {
    id,
    conversationId,
    sender: cards.get(senderId),
    clientId: null as string | null,
    content,
    media: [],
    replyTo: null,
    reactions: [],
    isDeleted: false,
    editedAt: null,
    sentAt: new Date().toISOString(),
  };
  sockets.to(conversationId).emit('message.added', message);
  return { ...message, clientId };
}

function inserter(): (values: Record<string, unknown>) => unknown {
  const text = `
    INSERT INTO messages (id, conversation_id, sender_id, client_id, content, search_text, reply_to_id, edited_at,
      deleted_at)
    VALUES (:id, :conversation, :sender, :client, :content, :words, NULL, NULL, NULL)`;
  // A statement alone is a transaction; on SQLite only the writer's connection may.
  if (installation.databaseUrl) return named(database, text);
  const writer = openWriter(installation);
  const statement = written(text);
  return (values) =>
    writer.transaction(function* () {
      yield statement(values);
    });
}
