/** The bare server's process: what one entry answers, on node:http and the database driver alone. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BareOptions } from '../bare-server.ts';
import { optionsGiven } from '../children.ts';
import { ENTRIES } from '../entries/index.ts';
import { openDatabase } from './database.ts';

const { entry, dataDir, databaseUrl, headers, status } = await optionsGiven<BareOptions>();
const handle = ENTRIES.find(({ name }) => name === entry)!.bare!({
  database: openDatabase(dataDir, databaseUrl),
  sessionSecret: readFileSync(join(dataDir, 'session-secret'), 'utf8'),
  dataDir,
  databaseUrl,
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}

const server = createServer(async (request, response) => {
  try {
    const answer = await handle(request, request.method === 'GET' ? '' : await bodyOf(request));
    if (answer === null) return void response.writeHead(401).end();
    const body = JSON.stringify(answer);
    response.statusCode = status;
    for (const name in headers) response.setHeader(name, headers[name]!);
    response.setHeader('X-Request-Id', randomUUID());
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(0, '127.0.0.1', () => process.send!(server.address()));
process.on('disconnect', () => process.exit());
