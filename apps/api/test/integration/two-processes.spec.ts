import { redisFor } from '../support/redis.js';
import { onTwoProcesses } from '../support/two-processes.js';

const NAME = 'chats, with people and their pages on two processes';
const redisUrl = redisFor(NAME);

if (redisUrl) {
  onTwoProcesses(redisUrl);
  await import('./chat.spec.js');
  await import('./chat-races.spec.js');
} else it.skip(NAME, () => undefined);
