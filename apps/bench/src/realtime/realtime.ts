/** Messages and open pages, beside a bare socket.io server that stores the same row. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { AddressInfo } from 'node:net';
import { startApi } from '../api-server.ts';
import { ask } from '../bare-server.ts';
import { endEverything, messageOf, startModule } from '../children.ts';
import { MEMORY } from '../memory.ts';
import type { BenchRequest } from '../request.ts';
import { worldOf } from '../world/worlds.ts';
import type { BareChatOptions } from './bare-chat.ts';
import { measureIdle } from './idle-sockets.ts';
import { measureTalk, type Server } from './turns.ts';
import { settleTown, type Lane } from './town.ts';

const USAGE = `npm run bench -- realtime [parts] [--seconds 10] [--rounds 3] [--sockets 2000] [--check]

Parts: 200, 500 (messages a second), room, idle; all of these if none is named.
--seconds   how long each of a round's two measurements lasts
--rounds    how often; medians are printed
--sockets   how many are idle
--cpu-prof  a folder for the api's profile
--check     exit with 1 if a target is missed`;

const POSTS = 10_000;
const PARTS = ['200', '500', 'room', 'idle'];
const ROOM_WRITERS = 10;

/** Returns whether every target is met. */
export async function measureRealtime(
  args: string[],
  databaseUrl: string | undefined,
): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      sockets: { type: 'string', default: '2000' },
      'cpu-prof': { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((part) => !PARTS.includes(part));
  if (values.help || unknown) {
    console.log(USAGE);
    return !unknown;
  }
  const parts = positionals.length ? positionals : PARTS;
  const world = await worldOf(POSTS, { posts: POSTS, isChanged: true }, databaseUrl);
  try {
    const { installation } = world;
    const town = await settleTown(world, Number(values.sockets));
    const profiled = values['cpu-prof'];
    const started = await startApi(installation.dataDir, installation.databaseUrl, {
      nodeOptions: [
        ...MEMORY.api,
        ...(profiled ? ['--cpu-prof', `--cpu-prof-dir=${profiled}`] : []),
      ],
    });
    const api: Server = { name: 'api', ...started, ...town.api };
    const bare: Server = {
      name: 'bare server',
      ...(await startBareChat({
        ...installation,
        headers: (await ask(api.url, messageIn(api.pairs[0]!))).headers,
      })),
      ...town.bare,
    };
    await assertSameAnswers(api, bare);
    const turns = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
    let isMet = true;
    for (const part of parts) {
      const isPartMet =
        part === 'idle'
          ? await measureIdle(world, town.idle, [bare, api], turns)
          : await measureTalk(
              [bare, api],
              part === 'room' ? { writers: ROOM_WRITERS } : { perSecond: Number(part) },
              turns,
            );
      isMet = isMet && isPartMet;
    }
    if (profiled) await ended(started.child);
    return isMet;
  } finally {
    await endEverything();
  }
}

/** However long it takes to write its profile. */
async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function startBareChat(options: BareChatOptions) {
  const child = startModule(new URL('./bare-chat.ts', import.meta.url), options);
  const { port } = await messageOf<AddressInfo>(child);
  return { url: `http://127.0.0.1:${port}`, pid: child.pid! };
}

const messageIn = ({ conversationId, members }: Lane): BenchRequest => ({
  method: 'POST',
  path: `/api/v1/conversations/${conversationId}/messages`,
  headers: { cookie: members[0]!.cookie, 'content-type': 'application/json' },
  body: JSON.stringify({ content: '0 Good morning', clientId: crypto.randomUUID() }),
});

/** A bare server with other answers would not be a valid reference. */
async function assertSameAnswers(api: Server, bare: Server): Promise<void> {
  const [one, other] = await Promise.all(
    [api, bare].map(({ url, pairs }) => ask(url, messageIn(pairs[0]!))),
  );
  const [ours, theirs] = [one!, other!].map(({ status, body }) => `${status} ${withoutMade(body)}`);
  if (ours !== theirs)
    throw new Error(`A message is answered differently.\napi: ${ours}\nbare: ${theirs}`);
}

/** Ids and times differ; that of the sender stays. */
const withoutMade = (body: string) =>
  body
    .replaceAll(/"(id|conversationId|clientId)":"[^"]+"(?=,"(conv|sender|content))/g, '"$1":"…"')
    .replace(/"sentAt":"[^"]+"/, '"sentAt":"…"');
