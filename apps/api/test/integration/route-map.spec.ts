import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { declaredBy } from '../support/answers.js';
import { ROUTE_MAP, writtenRoutes } from '../support/route-map.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

it('the routes that the web is checked against are those of the API document', async () => {
  const written = await format(writtenRoutes(declaredBy(app.app)), {
    ...(await resolveConfig(ROUTE_MAP)),
    filepath: ROUTE_MAP,
  });
  if (process.env['UPDATE_ROUTES']) await writeFile(ROUTE_MAP, written);
  expect(await readFile(ROUTE_MAP, 'utf8')).toBe(written);
});
