/** Counts in windows of a minute. A new window clears everything, so counting is one map lookup. */
class Window {
  private readonly counts = new Map<string, number>();
  private endsAt = 0;

  constructor(private readonly allowed: number) {}

  /** The milliseconds to wait, or null if within the limit. */
  count(who: string, now: number): number | null {
    if (now >= this.endsAt) {
      this.counts.clear();
      this.endsAt = now + MINUTE;
    }
    const count = (this.counts.get(who) ?? 0) + 1;
    this.counts.set(who, count);
    return count > this.allowed ? this.endsAt - now : null;
  }
}

const MINUTE = 60_000;

/** High enough for any person. A page of a feed sends a few requests, and loads up to 150 pictures. */
export const READS = {
  data: { perAddress: 6000, perAccount: 600 },
  pictures: { perAddress: 60_000, perAccount: 6000 },
};

/** Slows down clients that scrape everything; data and pictures are counted separately. */
export class ReadLimits {
  private readonly windows = Object.fromEntries(
    Object.entries(READS).map(([what, { perAddress, perAccount }]) => [
      what,
      { address: new Window(perAddress), account: new Window(perAccount) },
    ]),
  ) as Record<keyof typeof READS, Record<'address' | 'account', Window>>;

  /** The milliseconds to wait, or null if within the limit. */
  count(what: keyof typeof READS, address: string, account: string | null): number | null {
    const { address: addresses, account: accounts } = this.windows[what];
    const now = Date.now();
    const own = account === null ? null : accounts.count(account, now);
    return own ?? addresses.count(address, now);
  }
}
