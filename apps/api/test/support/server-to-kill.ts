import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { API } from './test-app.js';
import { until } from './until.js';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The built api as a process of its own, as in production, always at the same address. */
export class ServerToKill {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly environment: Record<string, string>,
    readonly port: number,
  ) {}

  static async start(environment: Record<string, string>): Promise<ServerToKill> {
    const server = new ServerToKill(environment, await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.child = fork(MAIN, [], {
      env: {
        ...process.env,
        LOG_LEVEL: 'error',
        RATE_LIMITS: 'off',
        PASSWORD_HASH_COST: '4',
        ...this.environment,
        API_PORT: String(this.port),
        NODE_OPTIONS: '',
        NODE_ENV: 'test',
      },
      execArgv: [],
    });
    await until('the api is ready', () =>
      fetch(`${this.url}${API}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }

  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
