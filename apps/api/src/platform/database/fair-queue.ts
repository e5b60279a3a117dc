/** Lets one at a time through, in the order in which they asked. */
export class FairQueue {
  private tail: Promise<unknown> = Promise.resolve();

  enter<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.tail.then(work, work);
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}
