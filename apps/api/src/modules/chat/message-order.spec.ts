import { v7 as uuid } from 'uuid';
import { nextMessageId } from './message-order.js';

describe('the id of the next message', () => {
  it('is greater than the last one, whatever the clock says', () => {
    const ahead = uuid({ msecs: Date.now() + 3600_000 });
    let last: string | null = ahead;
    for (let at = 0; at < 100; at++) {
      const next = nextMessageId(last);
      expect(next > last).toBe(true);
      last = next;
    }
    expect(nextMessageId(null) < ahead).toBe(true);
  });
});
