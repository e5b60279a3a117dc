import { randomUUID } from 'node:crypto';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */

const RETRY_AFTER_SECONDS = '10';

/** @typedef {'too-large' | 'too-slow' | 'too-many-requests' | 'busy' | 'unavailable'} Refusal */

/**
 * What this server refuses by itself, in the api's codes, words and shape; a test compares them.
 *
 * @type {Record<Refusal, { type?: string, status: number, title: string, code: string, detail: string }>}
 */
export const PROBLEMS = {
  'too-large': {
    status: 413,
    title: "That's too large",
    code: 'too-large',
    detail: "That's too large to send. Try something smaller.",
  },
  'too-slow': {
    status: 408,
    title: 'That took too long to arrive',
    code: 'too-slow',
    detail: 'That took too long to arrive. Please try again.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many tries',
    code: 'too-much-at-once',
    detail: 'Too many requests from your connection. Please try again in a moment.',
  },
  busy: {
    type: 'unavailable',
    status: 503,
    title: "We're busy right now",
    code: 'unavailable',
    detail: "We're busy right now. Please try again in a moment.",
  },
  unavailable: {
    status: 503,
    title: "We're busy right now",
    code: 'starting',
    detail: 'The site is starting up. Please try again in a moment.',
  },
};

/**
 * As a problem for programs, as a failed action for our own forms, as a page for forms without scripts.
 *
 * @param {Refusal} name
 * @param {IncomingMessage} req
 * @param {ServerResponse} res
 */
export const answerRefusal = (name, req, res) => {
  if (res.headersSent) return void res.destroy();
  const { type = name, status, title, code, detail } = PROBLEMS[name];
  const [contentType, body] = isFormOfOurs(req)
    ? ['application/json', JSON.stringify({ type: 'error', status, error: { message: detail } })]
    : wantsPage(req)
      ? ['text/html; charset=utf-8', pageOf(status, detail)]
      : [
          'application/problem+json',
          JSON.stringify({
            type: `urn:echomate:problem:${type}`,
            title,
            status,
            code,
            detail,
            requestId: randomUUID(),
          }),
        ];
  res.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
    ...([429, 503].includes(status) && { 'retry-after': RETRY_AFTER_SECONDS }),
  });
  res.end(body);
};

/** @param {IncomingMessage} request */
const isFormOfOurs = ({ headers }) => headers['x-sveltekit-action'] !== undefined;
/** @param {IncomingMessage} request */
const wantsPage = ({ url = '/', headers }) =>
  !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');

/**
 * The look of `src/error.html`.
 *
 * @param {number} status
 * @param {string} detail
 */
const pageOf = (status, detail) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="stylesheet" href="/error.css" />
    <title>That didn't work · Echomate</title>
  </head>
  <body>
    <main>
      <p class="number">${status}</p>
      <h1>That didn't work</h1>
      <p>${detail}</p>
      <p><a href="/">Back to home</a></p>
    </main>
  </body>
</html>
`;
