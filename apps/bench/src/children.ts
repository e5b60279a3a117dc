import { fork, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const endings: (() => Promise<void>)[] = [];

/** Runs at exit, whatever the cause; what was started last ends first. */
export const atTheEnd = (end: () => Promise<void>) => void endings.push(end);

let ending = Promise.resolve();

/** Resolves when all is ended, also what an earlier call has begun to end. */
export function endEverything(): Promise<void> {
  ending = ending.then(async () => {
    for (let end = endings.pop(); end; end = endings.pop()) await end();
  });
  return ending;
}

export function startProgram(
  file: string,
  options: SpawnOptions,
  nodeOptions: string[] = [],
): ChildProcess {
  const child = spawn(process.execPath, [...nodeOptions, file], options);
  atTheEnd(() => stop(child));
  return child;
}

/** A module of ours in a process of its own: two that measure or answer must not share an event loop. */
export function startModule(url: URL, options: object): ChildProcess {
  const child = fork(url, { stdio: 'inherit' });
  // Too much to be arguments.
  child.send(options);
  atTheEnd(() => stop(child));
  return child;
}

export const hasEnded = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null;

/** In the module's process: what it was started with. */
export const optionsGiven = async <Options>(): Promise<Options> =>
  ((await once(process, 'message')) as [Options])[0];

/** The next message of a child, or why there will be none. */
export async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', ended).then(([message]) => message as Message),
      once(child, 'exit', ended).then(([code, signal]) => {
        throw new Error(`A process of the bench ended early (${signal ?? code}).`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  // The api finishes requests in flight, and a flood of logins is a long queue.
  await Promise.race([exit, sleep(2000, undefined, { ref: false })]);
  if (hasEnded(child)) return;
  child.kill('SIGKILL');
  await exit;
}
