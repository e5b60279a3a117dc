import { SwaggerModule } from '@nestjs/swagger';
import metadata from '../../src/metadata.js';
import { createApiDocument } from '../../src/platform/http/api-docs.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The path says all there is to say. */
const BODILESS = /\/(logout|follow|news|accept|decline|like|restore|blocks\/\{id\}|mutes\/\{id\})$/;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await SwaggerModule.loadPluginMetadata(metadata);
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

  it('gives an example for every field of every body, but choices, files and ids', () => {
    const { components } = createApiDocument(app.app);
    const lacking = Object.entries(components!.schemas!)
      .filter(([name]) => name.endsWith('Request'))
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
