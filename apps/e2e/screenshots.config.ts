import { defineConfig } from '@playwright/test';
import stories from './playwright.config.js';

const port = Number(process.env['E2E_PORT']);

/** `npm run screenshots`: every page of the demo, in a folder that SCREENSHOTS names. */
export default defineConfig({
  ...stories,
  testDir: './src/screenshots',
  testMatch: '**/*.shots.ts',
  timeout: 1_200_000,
  reporter: [['line']],
  use: { ...stories.use, trace: 'off', screenshot: 'off' },
  webServer: [
    ...[stories.webServer ?? []].flat(),
    {
      // A web server whose api is away.
      command: 'node server.js',
      cwd: '../web',
      env: { PORT: String(port + 2), API_ORIGIN: 'http://127.0.0.1:9' },
      wait: { stdout: /listens on/ },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    },
  ],
});
