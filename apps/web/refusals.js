import { randomUUID } from 'node:crypto';

const RETRY_AFTER_SECONDS = '10';

/** What this server refuses by itself, in the api's words and shape. */
const PROBLEMS = {
  'too-large': {
    status: 413,
    title: 'This is too large',
    detail: 'This is too large to send. Pictures may have up to 10 MB.',
  },
  'too-slow': {
    status: 408,
    title: 'This took too long to arrive',
    detail: 'What you were sending stopped or came too slowly. Please send it again.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many tries, please wait',
    detail: 'Too much is being sent from your network right now. Please try again in a moment.',
  },
  busy: {
    type: 'unavailable',
    status: 503,
    title: 'Busy right now, please try again',
    detail: 'Too much is being sent to us right now. Please try again in a moment.',
  },
  unavailable: {
    status: 503,
    title: 'Busy right now, please try again',
    detail: 'Echomate is starting or being updated. Please try again in a moment.',
  },
};

/** As a problem for programs, as a failed action for our own forms, as a page for forms without scripts. */
export const answerRefusal = (name, req, res) => {
  if (res.headersSent) return res.destroy();
  const { type = name, status, title, detail } = PROBLEMS[name];
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

const isFormOfOurs = ({ headers }) => headers['x-sveltekit-action'] !== undefined;
const wantsPage = ({ url, headers }) =>
  !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');

/** The look of `src/error.html`. */
const pageOf = (status, detail) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="stylesheet" href="/error.css" />
    <title>That did not work · Echomate</title>
  </head>
  <body>
    <main>
      <p class="number">${status}</p>
      <h1>That did not work</h1>
      <p>${detail}</p>
      <p><a href="/">Go to the start page</a></p>
    </main>
  </body>
</html>
`;
