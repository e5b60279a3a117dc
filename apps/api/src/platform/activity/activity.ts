import { Injectable } from '@nestjs/common';

/** Who has been here, in memory, until it is counted in the background: no request waits for it. */
@Injectable()
export class Activity {
  private people = new Set<string>();

  add(userId: string): void {
    this.people.add(userId);
  }

  take(): string[] {
    const taken = [...this.people];
    this.people = new Set();
    return taken;
  }
}
