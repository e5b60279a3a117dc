import { setTimeout as sleep } from 'node:timers/promises';
import type { ShowingFrame } from '@echomate/contracts/realtime';
import type { OpenPage } from '../../platform/realtime/realtime.service.js';

const BETWEEN_MS = 300;

type Turn = [OpenPage, ShowingFrame];

/**
 * The frames of one person's pages, one after the other with a pause, as each asks the rule about all that a page
 * shows. Of a page only the last frame counts.
 */
export class Turns {
  private readonly waiting = new Map<string, Map<string, Turn>>();

  constructor(private readonly work: (page: OpenPage, frame: ShowingFrame) => Promise<void>) {}

  async take(page: OpenPage, frame: ShowingFrame): Promise<void> {
    const running = this.waiting.get(page.userId);
    if (running) return void running.set(page.id, [page, frame]);
    const own = new Map<string, Turn>([[page.id, [page, frame]]]);
    this.waiting.set(page.userId, own);
    for (let [next] = own.values(); next; [next] = own.values()) {
      own.delete(next[0].id);
      await this.work(...next);
      await sleep(BETWEEN_MS, null, { ref: false });
    }
    this.waiting.delete(page.userId);
  }
}
