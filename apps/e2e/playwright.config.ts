import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/support/find-browser.js';

// Workers read this file too and must come to the same ports, below those that connections are given.
process.env['E2E_PORT'] ??= String(20_000 + 2 * Math.floor(Math.random() * 6_000));
const port = Number(process.env['E2E_PORT']);

// Every story makes accounts, and what a hash costs is no story's subject.
process.env['PASSWORD_HASH_COST'] ??= '4';

export default defineConfig({
  testDir: './src',
  testMatch: '**/*.story.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A browser on a busy machine may lose a race that no person would. `npm test` names whatever needed a second try.
  retries: process.env['CI'] ? 1 : 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: './test-results',
  reporter: [['list'], ['json', { outputFile: './test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: await findBrowser(),
    // Recording takes a good part of a browser's time, and nobody opens a trace of CI.
    trace: process.env['CI'] ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    // A service worker fetches all files of script for each new browser context. Stories about it allow it.
    serviceWorkers: 'block',
  },
  webServer: {
    // A throw-away installation with the cast in it.
    command: 'node ../../scripts/demo.mjs',
    env: { PORT: String(port), API_PORT: String(port + 1) },
    wait: { stdout: /The demo is ready/ },
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
