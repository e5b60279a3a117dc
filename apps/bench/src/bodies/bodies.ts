import { setTimeout as sleep } from 'node:timers/promises';
import { withBothServers, type Server } from './both-servers.ts';
import { memoryOf, watchMemory } from './memory.ts';
import { answersOf, holdRegistration, sendSlowly, settled, type Sender } from './senders.ts';

const HELD = 180;
const SLOW = 200;
const SLOW_SECONDS = 90;
const TARGET_MB = 400;
/** Long enough for what was held to be given back. */
const AFTERWARDS_SECONDS = 20;

const ADDRESS = '203.0.113.7';
/** Each with a network of its own. */
const addressOf = (index: number) => `2001:db8:${index.toString(16)}::1`;

/** The memory of both servers while bodies are held open, and how many slow senders are still connected. */
export async function measureBodies(): Promise<boolean> {
  console.log(
    `${HELD} anonymous registrations with a picture of 10 MB, held open; resident memory in MB, of which\n` +
      `neither server may use ${TARGET_MB}. Limits are on.\n`,
  );
  return withBothServers(async (api, web) => {
    // The first page and the first query use memory that is not due to the attack.
    await sleep(2000);
    let isMet = true;
    for (const server of [api, web])
      for (const [from, addresses] of [
        ['one address', () => ADDRESS],
        [`${HELD} addresses`, addressOf],
      ] as const)
        isMet = (await holdOpen([api, web], server, from, addresses)) && isMet;
    return (await slowOnes(api, web)) && isMet;
  });
}

async function holdOpen(
  servers: Server[],
  attacked: Server,
  from: string,
  addresses: (index: number) => string,
): Promise<boolean> {
  const pids = servers.map(({ pid }) => pid);
  const before = pids.map(memoryOf);
  const highestSince = watchMemory(pids);
  const senders = Array.from({ length: HELD }, (_, index) =>
    holdRegistration(attacked, addresses(index)),
  );
  await settled(senders, 30);
  await sleep(5000);
  const answers = answersOf(senders);
  const highest = highestSince();
  for (const { socket } of senders) socket.destroy();
  await sleep(AFTERWARDS_SECONDS * 1000);
  const after = pids.map(memoryOf);
  console.log(`at the ${attacked.name}, from ${from}: ${answers}`);
  servers.forEach(({ name }, at) =>
    console.log(`  ${name}: before ${before[at]}, highest ${highest[at]}, after ${after[at]}`),
  );
  return highest.every((megabytes) => megabytes < TARGET_MB);
}

async function slowOnes(api: Server, web: Server): Promise<boolean> {
  const path = '/api/v1/auth/login';
  const groups = (
    [
      ['JSON at the api', api, path],
      ['JSON through the web', web, path],
      ['a form of the web', web, '/login'],
    ] as const
  ).flatMap(([name, server, at]): [string, Sender[]][] => [
    [`${name}, a byte a second`, many((address) => sendSlowly(server, at, address, false))],
    [`${name}, silent`, many((address) => sendSlowly(server, at, address, true))],
  ]);
  await sleep(SLOW_SECONDS * 1000);
  console.log(`\n${SLOW} slow bodies of each kind, after ${SLOW_SECONDS} seconds:`);
  for (const [name, senders] of groups) {
    const left = senders.filter(({ isOpen }) => isOpen).length;
    console.log(`  ${name}: ${left} still open (${answersOf(senders)})`);
  }
  const all = groups.flatMap(([, senders]) => senders);
  const isMet = all.every(({ isOpen }) => !isOpen);
  for (const { socket } of all) socket.destroy();
  return isMet;
}

const many = (begin: (address: string) => Sender) =>
  Array.from({ length: SLOW }, (_, index) => begin(addressOf(index)));
