import { applyDecorators, SetMetadata, type INestApplication } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiResponse,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { completeDocument, REFUSES, type SpecialRefusal } from './api-document.js';

/** Declares the refusals specific to a route; those that follow from its kind are added automatically. */
export const Refuses = (...names: SpecialRefusal[]) => SetMetadata(REFUSES, names);

/** Declares that a route takes one file, in the field `file`. */
export const TakesFile = () =>
  applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    }),
  );

const bytes = (types: string[]) => ({
  content: Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  ),
});

/** Declares that a route answers with a file as `answerFile` does. */
export const AnswersFileInParts = (...types: string[]) =>
  applyDecorators(
    ApiResponse({ status: 200, description: 'The bytes', ...bytes(types) }),
    ApiResponse({ status: 206, description: 'The part that `Range` names', ...bytes(types) }),
    ApiResponse({ status: 304, description: 'The bytes are those of `If-None-Match`' }),
    ApiResponse({ status: 416, description: 'The file ends before `Range` begins' }),
  );

/** Declares that a route answers with an iCalendar file. */
export const AnswersCalendar = () =>
  ApiResponse({
    status: 200,
    description: 'A calendar (RFC 5545)',
    content: { 'text/calendar': { schema: { type: 'string' } } },
  });

/** Declares that a route answers with a ZIP archive. */
export const AnswersArchive = () =>
  ApiResponse({ status: 200, description: 'The archive', ...bytes(['application/zip']) });

/** Declares that a route leads to a page. */
export const AnswersElsewhere = () =>
  ApiResponse({ status: 303, description: 'The page is at `Location`' });

const BEARER = 'From `POST /auth/token`, or made in settings. Log out in this browser first.';

const ABOUT = `Log in with \`POST /auth/login\`; the session cookie then signs every request from this page.

Programs log in with \`POST /auth/token\`, or have a token that was made in settings, and send it as
\`Authorization: Bearer …\`. What it may do is named at each route, under its \`security\`; a route that names only the
cookie takes a session. A request with both a token and a session cookie is refused.

The link emailed after \`POST /auth/register\` activates a new account. Without a mail server, outside production,
\`GET /dev/mailbox\` shows that email: pass its token to \`POST /auth/email/verify\`, with the cookie that registering
has set, or with a password.

Lists are pages: \`?limit=&cursor=\` → \`{ items, nextCursor }\`. Times are ISO 8601 in UTC. Refusals are
\`application/problem+json\` with a stable \`type\`, a more exact \`code\`, its sentence for people, and the fields at
fault, each with a \`code\` of its own.`;

export function createApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Echomate')
    .setDescription(ABOUT)
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: BEARER }, 'bearer')
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
