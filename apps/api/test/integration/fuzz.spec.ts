import { fuzz } from '../fuzz/fuzz.ts';
import { declaredBy } from '../support/answers.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** `npm run fuzz` sends many more, with a new seed each time. */
it('no made-up request gets an answer of 5xx, or one that the document does not declare', async () => {
  const declared = declaredBy(app.app);
  const { findings, statuses } = await fuzz({ url: app.url, declared, seed: 7, requests: 2000 });
  expect(findings).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(300);
  expect(statuses.get(201)).toBeGreaterThan(5);
});
