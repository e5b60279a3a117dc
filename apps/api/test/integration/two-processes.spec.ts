import { redisUrl } from '../support/redis.js';
import { onTwoProcesses } from '../support/two-processes.js';

/** What sockets must do, with people and their pages spread over two processes with one Redis. */
if (redisUrl) {
  onTwoProcesses(redisUrl);
  await import('./realtime.spec.js');
  await import('./chat.spec.js');
  await import('./chat-races.spec.js');
  await import('./notifications.spec.js');
} else {
  console.warn('Skipped, because no Redis answers: two processes');
  it.todo('needs a Redis');
}
