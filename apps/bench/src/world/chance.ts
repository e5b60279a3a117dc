/** Seeded random numbers: the same seed makes the same world, so that two runs measure the same rows. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** From 0 up to, but not, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  isOneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!;
  }

  /** A UUIDv7 of that moment. */
  id(time: number): string {
    const hex = Math.floor(time).toString(16).padStart(12, '0');
    const tail = this.hex32();
    return (
      `${hex.slice(0, 8)}-${hex.slice(8)}-7${tail.slice(0, 3)}-` +
      `a${tail.slice(3, 6)}-${this.hex32()}${tail.slice(0, 4)}`
    );
  }

  private hex32(): string {
    return (this.next() * 2 ** 32).toString(16).padStart(8, '0').slice(0, 8);
  }
}
