import { Worker } from 'node:worker_threads';
import { Logger } from '@nestjs/common';

/**
 * SQLite writes to its log first; a checkpoint moves that into the database file and waits for the disk. A separate
 * thread does this, so that no request waits. The writing connection only does it if the log grows far beyond what the
 * thread leaves.
 */
export class Checkpoints {
  private readonly thread: Worker;

  constructor(file: string) {
    this.thread = new Worker(new URL(`./checkpoints.thread${extension}`, import.meta.url), {
      workerData: file,
    });
    this.thread.unref();
    this.thread.on('error', (error) =>
      new Logger(Checkpoints.name).warn(
        { err: error },
        'The checkpoint thread died; writers make the checkpoints now',
      ),
    );
  }

  async stop(): Promise<void> {
    await this.thread.terminate();
  }
}

/** Production runs compiled code; tests load TypeScript, which Node also runs in a thread. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
