/** The process of those who write and of those who have a page open. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { optionsGiven } from '../children.ts';
import { cpuMicrosOf } from '../load/processor-time.ts';
import { atShare } from './shares.ts';
import { openSockets } from './sockets.ts';
import type { Lane, Resident } from './town.ts';

export interface TalkOptions {
  url: string;
  serverPid: number;
  lanes: Lane[];
  /** At this rate, whether those before have arrived or not; or so many people, each as fast as theirs arrive. */
  pace: { perSecond: number } | { writers: number };
  /** Not counted: the servers compile what is hot. */
  warmUpSeconds: number;
  seconds: number;
}

export interface Talk {
  /** Milliseconds from sending until the writer has the answer and all others have the message. */
  roundTrips: { p50: number; p99: number };
  /** Until the writer has the answer. */
  answers: { p50: number; p99: number };
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  /** Processor time of the server. */
  cpuMicrosPerMessage: number;
  /** Processor time of this process beside the time that passed. */
  clientCpu: number;
  /** Answered with 503, as there were too many. */
  refused: number;
  /** How late the 99th of 100 messages was sent. */
  lateness: number;
}

interface Message {
  from: number;
  isCounted: boolean;
  /** Pages of others that do not have it yet. */
  left: number;
  isAnswered: boolean;
  arrived(): void;
}

/** What a timer is late by anyway: later than this, waiting for our own process counts as waiting. */
const TIMER_MS = 2;
/** Enough that only a server that stands still makes writers wait for one, which counts as waiting. */
const CONNECTIONS = 200;
const LAST_ARRIVE_WITHIN_SECONDS = 30;
const TEXT =
  'The morning light over the harbour was worth getting up for, shall we meet there again?';

const { url, serverPid, lanes, pace, warmUpSeconds, seconds } = await optionsGiven<TalkOptions>();
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const waiting = new Map<number, Message>();
const roundTrips: number[] = [];
const answers: number[] = [];
const lateness: number[] = [];
let sent = 0;
let done = 0;
let deliveries = 0;
let refused = 0;
let isCounting = false;
let hasEnded = false;

const people = [...new Set(lanes.flatMap(({ members }) => members.map(({ cookie }) => cookie)))];
await openSockets(url, people, (at, number) => {
  deliveries++;
  const message = waiting.get(number);
  // The writer's own page hears of it too.
  if (!message || people[at] === writerOf(number).cookie) return;
  message.left--;
  settle(number, message);
});
process.on('disconnect', () => process.exit());

const writing = 'perSecond' in pace ? atRate(pace.perSecond) : asFastAsTheyArrive(pace.writers);
writing.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
await sleep(warmUpSeconds * 1000);
isCounting = true;
const from = performance.now();
const before = { done, deliveries, cpu: cpuMicrosOf(serverPid), own: process.cpuUsage() };
await sleep(seconds * 1000);
isCounting = false;
hasEnded = true;
const passed = (performance.now() - from) / 1000;
const messages = done - before.done;
const own = process.cpuUsage(before.own);
const counted = {
  messagesPerSecond: messages / passed,
  deliveriesPerSecond: (deliveries - before.deliveries) / passed,
  cpuMicrosPerMessage: (cpuMicrosOf(serverPid) - before.cpu) / messages,
  clientCpu: (own.user + own.system) / 1e6 / passed,
};
for (let at = 0; waiting.size && at < LAST_ARRIVE_WITHIN_SECONDS * 10; at++) await sleep(100);
if (waiting.size) throw new Error(`${waiting.size} messages did not arrive.`);
const talk: Talk = {
  ...counted,
  roundTrips: { p50: atShare(roundTrips, 0.5), p99: atShare(roundTrips, 0.99) },
  answers: { p50: atShare(answers, 0.5), p99: atShare(answers, 0.99) },
  refused,
  lateness: lateness.length ? atShare(lateness, 0.99) : 0,
};
process.send!(talk, () => process.exit());

function laneOf(number: number): Lane {
  return lanes[number % lanes.length]!;
}

function writerOf(number: number): Resident {
  const { members } = laneOf(number);
  return members[Math.floor(number / lanes.length) % members.length]!;
}

async function atRate(perSecond: number): Promise<void> {
  const begin = performance.now();
  for (let number = 0; !hasEnded; await sleep(1))
    for (; begin + (number * 1000) / perSecond <= performance.now(); number++) {
      const now = performance.now();
      const due = begin + (number * 1000) / perSecond;
      if (isCounting) lateness.push(now - due);
      void write(now - due > TIMER_MS ? due : now);
    }
}

async function asFastAsTheyArrive(writers: number): Promise<void> {
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (!hasEnded) await write(performance.now());
    }),
  );
}

/** Resolves when it has arrived everywhere. */
function write(from: number): Promise<void> {
  const number = sent++;
  const { members, conversationId } = laneOf(number);
  return new Promise((arrived) => {
    const message = {
      from,
      isCounted: isCounting,
      left: members.length - 1,
      isAnswered: false,
      arrived,
    };
    waiting.set(number, message);
    post(writerOf(number).cookie, conversationId, number, (status) => {
      if (status !== 201) {
        if (status !== 503) throw new Error(`A message was answered with ${status}.`);
        if (message.isCounted) refused++;
        waiting.delete(number);
        return arrived();
      }
      message.isAnswered = true;
      if (message.isCounted) answers.push(performance.now() - from);
      settle(number, message);
    });
  });
}

function settle(number: number, message: Message): void {
  if (message.left || !message.isAnswered) return;
  waiting.delete(number);
  done++;
  if (message.isCounted) roundTrips.push(performance.now() - message.from);
  message.arrived();
}

function post(
  cookie: string,
  conversationId: string,
  number: number,
  answered: (status: number) => void,
): void {
  const body = JSON.stringify({ content: `${number} ${TEXT}`, clientId: randomUUID() });
  const sending = request(
    `${url}/api/v1/conversations/${conversationId}/messages`,
    {
      agent,
      method: 'POST',
      headers: {
        cookie,
        'content-type': 'application/json',
        'accept-encoding': 'identity',
        'content-length': Buffer.byteLength(body),
      },
    },
    (response) => {
      response.resume().on('end', () => answered(response.statusCode!));
    },
  );
  sending.on('error', (error) => {
    // A connection that the server closed in the same moment, as it was idle.
    if (!sending.reusedSocket) throw error;
    post(cookie, conversationId, number, answered);
  });
  sending.end(body);
}
