import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';

/**
 * What is written goes into SQLite's log first, and from time to time from there into its file, which waits for the
 * disk. A thread of its own does that, so that nobody else waits. The connection that writes does it only if the log
 * has grown far beyond what the thread leaves.
 */
export class Checkpoints {
  private readonly thread: Worker;

  constructor(file: string) {
    this.thread = new Worker(new URL(`./checkpoints.thread${extension}`, import.meta.url), {
      workerData: file,
    });
    this.thread.unref();
    this.thread.on('error', (error) =>
      new Logger(Checkpoints.name).warn({ err: error }, 'Checkpoints are made while others wait'),
    );
  }

  async stop(): Promise<void> {
    await this.thread.terminate();
  }
}

/** The program is compiled; tests load it as TypeScript, which Node runs in a thread as it is. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
