import { connect } from 'node:net';
import { defineConfig } from '@playwright/test';
import stories from './playwright.config.js';

const REDIS = 6379;

const isThere = await new Promise<boolean>((resolve) => {
  const socket = connect(REDIS, '127.0.0.1');
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  socket.on('connect', () => socket.destroy());
});
const runs = isThere || Boolean(process.env['CI']);
if (!runs) console.warn(`Skipped, because no Redis answers on port ${REDIS}: two processes`);

const port = process.env['E2E_PORT']!;
process.env['E2E_SECOND_PORT'] ??= String(Number(port) + 1);

/**
 * Stories in which people meet, as their titles say, each with a browser on another api and web server. In the last one,
 * a server is killed.
 */
export default defineConfig({
  ...stories,
  projects: runs
    ? [
        { name: 'meeting', grep: /@meeting/ },
        {
          name: 'killing',
          testMatch: 'two-processes.kill.ts',
          dependencies: ['meeting'],
          // It can be killed once.
          retries: 0,
        },
      ]
    : [{ name: 'skipped', testMatch: [] }],
  outputDir: './test-results/two-processes',
  reporter: [['list'], ['json', { outputFile: './test-results/e2e-two-processes.json' }]],
  webServer: runs
    ? {
        command: 'node ../../scripts/two-processes.mjs',
        env: { PORT: port, REDIS_URL: `redis://127.0.0.1:${REDIS}/7` },
        wait: { stdout: /Both are ready; the first is process (?<first_process>\d+)/ },
        timeout: 300_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
      }
    : [],
});
