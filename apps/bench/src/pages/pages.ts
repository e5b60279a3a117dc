/** Pages beside their JSON, and the memory of both servers under such load. */
import { parseArgs } from 'node:util';
import { memoryOf } from '../bodies/memory.ts';
import { endEverything } from '../children.ts';
import { PROBE, probeOf, startProbedApi, type Probe } from '../hostile/probed-api.ts';
import { measure } from '../load/load.ts';
import { MEMORY } from '../memory.ts';
import type { BenchRequest } from '../request.ts';
import { startWeb } from '../web-server.ts';
import { worldOf } from '../world/worlds.ts';
import { pageQuestions, type PageQuestion, type Weight } from './questions.ts';

const USAGE = `npm run bench -- pages [names] [--seconds 4] [--rounds 3] [--minutes 10] [--plain] [--check]

--seconds   how long each of a round's two measurements lasts
--rounds    how often; medians are printed
--minutes   how long home pages are asked for while memory is read; 0 leaves it out
--plain     without compression
--cpu-prof  a folder for the web server's profile`;

const POSTS = 10_000;
const CONNECTIONS = 20;
const MOST_MB = 250;
/** From the middle of the load to its end. */
const MOST_GROWTH_MB = 25;

interface Server extends Probe {
  name: string;
  url: string;
  pid: number;
}

/** Returns whether every target is met. */
export async function measurePages(args: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '3' },
      minutes: { type: 'string', default: '10' },
      plain: { type: 'boolean', default: false },
      'cpu-prof': { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return true;
  }
  const world = await worldOf(POSTS, { posts: POSTS }, undefined);
  try {
    const started = await startProbedApi(world.installation, MEMORY.api);
    const profiled = values['cpu-prof'];
    const { child, ...address } = await startWeb(started.url, {
      preloaded: PROBE,
      nodeOptions: [
        ...MEMORY.web,
        ...(profiled ? ['--cpu-prof', `--cpu-prof-dir=${profiled}`] : []),
      ],
      environment: { RATE_LIMITS: 'off' },
    });
    const api: Server = { name: 'api', ...started };
    const web: Server = { name: 'web', ...address, ...probeOf(child) };
    const encoding = values.plain ? 'identity' : 'gzip, br';
    const questions = (await pageQuestions(api.url, world, encoding)).filter(
      ({ name }) => positionals.length === 0 || positionals.includes(name),
    );
    const options = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
    let isMet = true;
    for (const question of questions)
      isMet = (await measurePage(question, api, web, options)) && isMet;
    const minutes = Number(values.minutes);
    const lasting = questions[0];
    return (!(minutes > 0 && lasting) || (await watch(lasting, [api, web], minutes))) && isMet;
  } finally {
    await endEverything();
  }
}

async function measurePage(
  { name, page, json, target, largest, scripts: most }: PageQuestion,
  api: Server,
  web: Server,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<boolean> {
  const bytes = await sizesOf(web.url, page);
  const scripts = await scriptsOf(web.url, page);
  const turns: { page: number; json: number; passedOn: number; p99: number; cpu: number }[] = [];
  const pauses = { web: 0, api: 0 };
  const run = async (server: Server, request: BenchRequest, warmUpSeconds: number) =>
    measure({
      url: server.url,
      serverPid: server.pid,
      requests: [request],
      connections: CONNECTIONS,
      seconds,
      warmUpSeconds,
    });
  for (let round = 0; round < rounds; round++) {
    const warmUpSeconds = round ? 1 : 3;
    const first = round % 2 ? await run(api, json, 1) : undefined;
    if (round === 0) await run(web, page, warmUpSeconds);
    await Promise.all([web.reset(), api.reset()]);
    const pages = await run(web, page, warmUpSeconds);
    pauses.web = Math.max(pauses.web, (await web.read()).pause);
    pauses.api = Math.max(pauses.api, (await api.read()).pause);
    const answers = first ?? (await run(api, json, warmUpSeconds));
    turns.push({
      page: pages.perSecond,
      json: answers.perSecond,
      passedOn: (await run(web, json, 1)).perSecond,
      p99: pages.p99,
      cpu: pages.cpuMicros / 1000,
    });
  }
  const ratio = median(turns.map((turn) => turn.page / turn.json));
  const ratioPassedOn = median(turns.map((turn) => turn.page / turn.passedOn));
  const figure = (of: keyof (typeof turns)[number]) => median(turns.map((turn) => turn[of]));
  const isFastEnough = target === null || ratio >= target;
  const isSmallEnough = !largest || bytes.plain < largest;
  const isLight = !most || (scripts.files <= most.files && scripts.bytes < most.bytes);
  console.log(
    `\n${name}: ${figure('page').toFixed(0)} pages/s beside ${figure('json').toFixed(0)} JSON answers/s of the api: ` +
      `${ratio.toFixed(2)}${target === null ? '' : ` (target ${target}${isFastEnough ? '' : ', MISSED'})`}\n` +
      `  beside ${figure('passedOn').toFixed(0)} of the same passed on by the web server: ${ratioPassedOn.toFixed(2)}\n` +
      `  p99 ${figure('p99').toFixed(0)} ms, ${figure('cpu').toFixed(1)} ms of the web server's processor each\n` +
      `  ${bytes.plain} bytes, ${bytes.sent} sent${isSmallEnough ? '' : ` (MISSED: at most ${largest})`}\n` +
      `  scripts: ${scripts.files} files, ${scripts.bytes} bytes sent` +
      `${isLight ? '' : ` (MISSED: at most ${most.files} and ${most.bytes})`}\n` +
      `  longest pause: web ${pauses.web.toFixed(0)} ms, api ${pauses.api.toFixed(0)} ms\n` +
      `  memory: web ${memoryOf(web.pid)} MB, api ${memoryOf(api.pid)} MB`,
  );
  return isFastEnough && isSmallEnough && isLight;
}

async function sizesOf(url: string, { path, headers }: BenchRequest) {
  const plain = await fetch(url + path, { headers: { ...headers, 'accept-encoding': 'identity' } });
  if (plain.status !== 200) throw new Error(`${path} answered ${plain.status}.`);
  const sent = await fetch(url + path, { headers: headers! });
  return {
    plain: (await plain.arrayBuffer()).byteLength,
    sent: Number(sent.headers.get('content-length')),
  };
}

/** The scripts that a page names in its HTML, and their imports. */
async function scriptsOf(url: string, { path, headers }: BenchRequest): Promise<Weight> {
  const html = await (await fetch(url + path, { headers: headers! })).text();
  const named = html.matchAll(/(?:href=|import\()"([^"]+\.js)"/g);
  const files = new Set([...named].map(([, file]) => new URL(file!, url + path).href));
  let bytes = 0;
  for (const file of files) {
    const answer = await fetch(file, { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
    bytes += Number(answer.headers.get('content-length'));
  }
  return { files: files.size, bytes };
}

/** Asks for a page as fast as it is answered, and reads the memory of both servers. */
async function watch({ name, page }: PageQuestion, servers: Server[], minutes: number) {
  const [, web] = servers as [Server, Server];
  console.log(
    `\n${name}, ${minutes} minutes, resident memory in MB (at most ${MOST_MB}, and flat)`,
  );
  const read = () => servers.map(({ pid }) => memoryOf(pid));
  const samples: number[][] = [];
  const every = (minutes * 60_000) / 10;
  const timer = setInterval(() => {
    samples.push(read());
    console.log(
      `  ${servers.map((server, at) => `${server.name} ${samples.at(-1)![at]}`).join(', ')}`,
    );
  }, every);
  const load = await measure({
    url: web.url,
    requests: [page],
    connections: CONNECTIONS,
    seconds: minutes * 60,
    warmUpSeconds: 1,
  });
  clearInterval(timer);
  samples.push(read());
  const highest = servers.map((_server, at) => Math.max(...samples.map((sample) => sample[at]!)));
  const grown = servers.map((_server, at) => {
    const middle = samples.slice(4, 7).map((sample) => sample[at]!);
    return median(samples.slice(-3).map((sample) => sample[at]!)) - median(middle);
  });
  const isMet =
    highest.every((most) => most < MOST_MB) && grown.every((more) => more < MOST_GROWTH_MB);
  console.log(
    `  ${load.perSecond.toFixed(0)} pages/s; ${servers
      .map((server, at) => `${server.name}: highest ${highest[at]}, ${grown[at]} since the middle`)
      .join('; ')}${isMet ? '' : ' (MISSED)'}`,
  );
  return isMet;
}

const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
