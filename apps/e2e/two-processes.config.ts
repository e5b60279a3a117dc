import { connect } from 'node:net';
import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/** Stories where people meet, each with a browser on another api and web process. Needs a Redis on this machine. */
const REDIS = 6379;

const isThere = await new Promise<boolean>((resolve) => {
  const socket = connect(REDIS, '127.0.0.1');
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  socket.on('connect', () => socket.destroy());
});
const runs = isThere || Boolean(process.env['CI']);
if (!runs) console.warn(`Skipped, because no Redis answers on port ${REDIS}: two processes`);

const first = Number(process.env['E2E_PORT']);
process.env['E2E_SECOND_PORT'] ??= String(first + 2);

export default defineConfig({
  ...base,
  testMatch: runs ? ['chat.story.ts', 'notifications.story.ts'] : [],
  // These have one browser or an installation of their own.
  grepInvert: /without|the server was away/,
  outputDir: './test-results/two-processes',
  reporter: [['list'], ['json', { outputFile: './test-results/e2e-two-processes.json' }]],
  ...(runs && {
    webServer: {
      command: 'node ../../scripts/two-installations.mjs',
      env: {
        PORTS: [first, process.env['E2E_SECOND_PORT']].join(),
        REDIS_URL: `redis://127.0.0.1:${REDIS}/7`,
      },
      wait: { stdout: /Both installations are ready/ },
      timeout: 300_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    },
  }),
});
