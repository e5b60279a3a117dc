import { defineConfig } from '@playwright/test';
import stories from './playwright.config.js';

/** `npm run lighthouse`: one page after the other, because it measures how fast they are. */
export default defineConfig({
  ...stories,
  testDir: './src/lighthouse',
  testMatch: '**/*.audit.ts',
  workers: 1,
  timeout: 600_000,
  reporter: [['line']],
  use: { ...stories.use, trace: 'off', screenshot: 'off' },
});
