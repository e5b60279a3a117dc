import { parseArgs } from 'node:util';
import { assertApiIsBuilt } from './api-server.ts';
import { measureBodies } from './bodies/bodies.ts';
import { endEverything } from './children.ts';
import { compare, compareAnswers } from './compare.ts';
import { ENTRIES } from './entries/index.ts';
import { runHostile } from './hostile/hostile.ts';
import { measurePages } from './pages/pages.ts';
import { measureRealtime } from './realtime/realtime.ts';
import { printComparison, printEnvironment } from './report.ts';
import { removeWorlds } from './world/worlds.ts';

const USAGE = `npm run bench -- [entries] [--seconds 5] [--rounds 3] [--check]
npm run bench -- [entries] --answers
npm run bench -- hostile --help
npm run bench -- pages --help
npm run bench -- realtime --help

Entries: ${names(false)}; all of these if none is named.
Long, only if named: ${names(true)}.
By itself: bodies (memory of both servers under bodies that are held open or slow).
--seconds  how long each of a round's two measurements lasts
--rounds   how often; medians are printed
--check    exit with 1 if a target is missed
--answers  measure nothing: only see that the bare server answers what the api does`;

function names(long: boolean): string {
  return ENTRIES.filter(({ isLong = false }) => isLong === long)
    .map(({ name }) => name)
    .join(', ');
}

async function run(): Promise<void> {
  if (process.argv[2] === 'hostile') {
    assertApiIsBuilt();
    printEnvironment(process.env['DATABASE_URL'] || undefined);
    return runHostile(process.argv.slice(3));
  }
  if (process.argv[2] === 'pages') {
    assertApiIsBuilt();
    printEnvironment(undefined);
    const isMet = await measurePages(process.argv.slice(3));
    if (!isMet && process.argv.includes('--check')) process.exitCode = 1;
    return;
  }
  if (process.argv[2] === 'realtime') {
    assertApiIsBuilt();
    const databaseUrl = process.env['DATABASE_URL'] || undefined;
    printEnvironment(databaseUrl);
    const isMet = await measureRealtime(process.argv.slice(3), databaseUrl);
    if (!isMet && process.argv.includes('--check')) process.exitCode = 1;
    return;
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      check: { type: 'boolean', default: false },
      answers: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (positionals.length === 1 && positionals[0] === 'bodies') {
    const isMet = await measureBodies();
    if (!isMet && values.check) process.exitCode = 1;
    return;
  }
  const unknown = positionals.find((name) => !ENTRIES.some((entry) => entry.name === name));
  if (unknown) throw new Error(`There is no entry "${unknown}".\n\n${USAGE}`);
  const options = {
    seconds: positive('seconds', values.seconds),
    rounds: Math.ceil(positive('rounds', values.rounds)),
    databaseUrl: process.env['DATABASE_URL'] || undefined,
  };
  assertApiIsBuilt();
  printEnvironment(options.databaseUrl);
  for (const entry of ENTRIES) {
    if (positionals.length ? !positionals.includes(entry.name) : entry.isLong) continue;
    if (values.answers) {
      if (!entry.bare) continue;
      await compareAnswers(entry, options);
      console.log(`${entry.name}: the same answers`);
      continue;
    }
    const isMet = printComparison(entry, await compare(entry, options));
    if (!isMet && values.check) process.exitCode = 1;
  }
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not "${text}".`);
  return value;
}

let isEnding = false;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    isEnding = true;
    void endEverything()
      .then(removeWorlds)
      .finally(() => process.exit(code));
  });
}

async function runAndTidy(): Promise<void> {
  try {
    await run();
  } finally {
    if (!isEnding) await removeWorlds();
  }
}

runAndTidy().catch((error: unknown) => {
  // Errors during shutdown are not worth reporting.
  if (isEnding) return;
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
