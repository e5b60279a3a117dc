import { createApiDocument } from '../../src/platform/http/api-docs.js';
import { declaredBy } from '../support/answers.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The path says all there is to say. */
const BODILESS =
  /\/(logout|keep|challenge|resend|follow|seen|claim|undo|unseen|accept|decline|refuse|like|pin|restore|me\/calendar|unsubscribe\/\{token\}|blocks\/\{id\}|mutes\/\{id\}|dismissals\/\w+\/\{\w+\})$/;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('the API documentation', () => {
  it('says of every route what it does, what it takes and how it may refuse', () => {
    const document = createApiDocument(app.app);
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    expect(operations.length).toBeGreaterThan(15);
    const lacking = operations.flatMap(({ name, operation }) => {
      const { summary, requestBody, responses } = operation as {
        summary?: string;
        requestBody?: { content: Record<string, { schema: object }> };
        responses: Record<string, { description?: string }>;
      };
      const gaps: string[] = [];
      if (!summary) gaps.push(`${name}: summary`);
      if (!name.includes('/health/') && !Object.keys(responses).some((status) => status >= '400'))
        gaps.push(`${name}: refusals`);
      if (/^(post|put|patch) /.test(name) && !BODILESS.test(name) && !requestBody)
        gaps.push(`${name}: body`);
      return gaps;
    });
    expect(lacking).toEqual([]);
  });

  it('says of every route what it answers, but of those that answer nothing', () => {
    const lacking = declaredBy(app.app).operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses)
        .filter(([status]) => !['204', '303', '304', '416'].includes(status))
        .filter(([, { content }]) => !Object.values(content ?? {}).some(({ schema }) => schema))
        .map(([status]) => `${operationId}: ${status}`),
    );
    expect(lacking).toEqual([]);
  });

  it('asks for nothing that may be left out', () => {
    const asked = declaredBy(app.app).operations.flatMap(({ operationId, parameters }) =>
      parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map(({ name }) => `${operationId}: ${name}`),
    );
    expect(asked).toEqual([
      'Auth.invitation: token',
      'Profiles.viewAs: as',
      'Posts.some: ids',
      'Feed.newer: after',
    ]);
  });

  it('gives an example for every field of every body, but choices, files and ids', () => {
    const document = createApiDocument(app.app);
    const bodies = JSON.stringify(
      declaredBy(app.app).operations.map(({ requestBody }) => requestBody),
    );
    const lacking = Object.entries(document.components!.schemas!)
      .filter(([name]) => bodies.includes(`/schemas/${name}"`))
      .flatMap(([name, schema]) =>
        Object.entries(
          (
            schema as {
              properties: Record<string, { example?: unknown; enum?: unknown[]; allOf?: unknown }>;
            }
          ).properties,
        )
          .filter(
            ([field, property]) =>
              property.example === undefined && !property.enum && !/Id$|^token$/.test(field),
          )
          .map(([field]) => `${name}.${field}`),
      );
    expect(lacking).toEqual([]);
  });
});
