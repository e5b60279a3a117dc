/** Does its work for a key a moment after it is asked, and not again for `everyMs`, however often it is asked. */
export class Coalesced<Detail> {
  private readonly waiting = new Map<string, { details: Set<Detail>; timer: NodeJS.Timeout }>();

  constructor(
    private readonly times: { soonMs: number; everyMs: number },
    private readonly work: (key: string, details: Set<Detail>) => void,
  ) {}

  add(key: string, detail: Detail): void {
    const waiting = this.waiting.get(key);
    if (waiting) waiting.details.add(detail);
    else this.wait(key, new Set([detail]), this.times.soonMs);
  }

  close(): void {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private wait(key: string, details: Set<Detail>, ms: number): void {
    const timer = setTimeout(() => this.run(key), ms);
    timer.unref();
    this.waiting.set(key, { details, timer });
  }

  private run(key: string): void {
    const { details } = this.waiting.get(key)!;
    if (!details.size) return void this.waiting.delete(key);
    this.wait(key, new Set(), this.times.everyMs);
    this.work(key, details);
  }
}
