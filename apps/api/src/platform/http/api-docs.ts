import { applyDecorators, type INestApplication } from '@nestjs/common';
import { ApiResponse, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { PROBLEMS, problemType, type ProblemName } from '@echomate/contracts/problems';

const schemaOf = (name: ProblemName) => ({
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', example: problemType(name) },
    title: { type: 'string', example: PROBLEMS[name].title },
    status: { type: 'integer', example: PROBLEMS[name].status },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    requestId: { type: 'string', format: 'uuid' },
  },
});

/** Declares the refusals a route can answer with, so that the documentation is complete. */
export const Refuses = (...names: ProblemName[]) => {
  const byStatus = Map.groupBy(names, (name) => PROBLEMS[name].status);
  return applyDecorators(
    ...[...byStatus].map(([status, sameStatus]) =>
      ApiResponse({
        status,
        description: sameStatus.map((name) => PROBLEMS[name].title).join('; or: '),
        content: { 'application/problem+json': { schema: schemaOf(sameStatus[0]!) } },
      }),
    ),
  );
};

const ABOUT = `Log in with \`POST /auth/login\`; the session cookie then signs every request from this page.

A new account opens with the link that is mailed after \`POST /auth/register\`. Without a mail server, outside
production, \`GET /dev/mailbox\` shows that mail: pass its token to \`POST /auth/email/verify\`. That needs the
cookie that registering has set, or a password.

Lists are pages: \`?limit=&cursor=\` → \`{ items, nextCursor }\`. Times are ISO 8601 in UTC. Refusals are
\`application/problem+json\` with a stable \`type\`, a sentence for people, and the fields at fault.`;

export function createApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Echomate')
    .setDescription(ABOUT)
    .setVersion('1')
    .addCookieAuth('echomate_session', { type: 'apiKey', in: 'cookie' })
    .build();
  return SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '')}.${method}`,
  });
}

export function serveApiDocs(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => createApiDocument(app), {
    jsonDocumentUrl: 'api/docs-json',
    swaggerOptions: {
      persistAuthorization: true,
      tryItOutEnabled: true,
      displayRequestDuration: true,
    },
  });
}
