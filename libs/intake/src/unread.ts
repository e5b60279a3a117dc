import type { IncomingMessage, ServerResponse } from 'node:http';

const MOMENT_TO_READ_THE_ANSWER_MS = 1500;

/**
 * A client that keeps sending a refused body gets the answer and a moment to read it; then the connection is closed.
 * Closed at once, the answer would be lost; never closed, a refused gigabyte would be read to its end.
 */
export function cutUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    setTimeout(() => {
      if (!request.complete) request.destroy();
    }, MOMENT_TO_READ_THE_ANSWER_MS).unref();
  });
}
