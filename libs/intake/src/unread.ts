import type { IncomingMessage, ServerResponse } from 'node:http';

const MOMENT_TO_READ_THE_ANSWER_MS = 1500;

/**
 * Whoever goes on sending what nobody wants gets the answer, a moment to read it, and then the line is cut.
 * Cut at once, the answer would be lost on its way; never cut, a refused gigabyte would be read to its end.
 */
export function cutUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    setTimeout(() => {
      if (!request.complete) request.destroy();
    }, MOMENT_TO_READ_THE_ANSWER_MS).unref();
  });
}
