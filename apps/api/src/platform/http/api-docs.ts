import { applyDecorators, SetMetadata, type INestApplication } from '@nestjs/common';
import { ApiResponse, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeDocument, REFUSES, type SpecialRefusal } from './api-document.js';

/** Declares the refusals that are special to a route; those that follow from its kind are declared by rule. */
export const Refuses = (...names: SpecialRefusal[]) => SetMetadata(REFUSES, names);

const bytes = (types: string[]) => ({
  content: Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  ),
});

/** Declares that a route answers with a file. */
export const AnswersFile = (...types: string[]) =>
  ApiResponse({ status: 200, description: 'The bytes', ...bytes(types) });

/** Declares that a route answers with a file as `answerFile` does. */
export const AnswersFileInParts = (...types: string[]) =>
  applyDecorators(
    AnswersFile(...types),
    ApiResponse({ status: 206, description: 'The part that `Range` names', ...bytes(types) }),
    ApiResponse({ status: 304, description: 'The bytes are those of `If-None-Match`' }),
    ApiResponse({ status: 416, description: 'The file ends before `Range` begins' }),
  );

const ABOUT = `Log in with \`POST /auth/login\`; the session cookie then signs every request from this page.

A new account opens with the link that is mailed after \`POST /auth/register\`. Without a mail server, outside
production, \`GET /dev/mailbox\` shows that mail: pass its token to \`POST /auth/email/verify\`. That needs the
cookie that registering has set, or a password.

Lists are pages: \`?limit=&cursor=\` → \`{ items, nextCursor }\`. Times are ISO 8601 in UTC. Refusals are
\`application/problem+json\` with a stable \`type\`, a sentence for people, and the fields at fault.`;

export function createApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Echomate')
    .setDescription(ABOUT)
    .setVersion('1')
    .addCookieAuth('echomate_session', { type: 'apiKey', in: 'cookie' })
    .build();
  const operationId = (controller: string, method: string) =>
    `${controller.replace(/Controller$/, '')}.${method}`;
  const document = SwaggerModule.createDocument(app, builder, { operationIdFactory: operationId });
  return completeDocument(document, app, operationId);
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
