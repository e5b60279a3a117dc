/**
 * `npm run images` builds both images. With `-- --dry-run` it follows the Dockerfiles without a container engine:
 * assembles each image's content in an empty folder, starts both from there and sends requests.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, prepare, run, say, stop } from './prepare.mjs';

await prepare({ withTools: true });
if (process.argv.includes('--dry-run')) await dryRun();
else {
  for (const app of ['api', 'web']) {
    await run('docker', [
      'build',
      '--file',
      `docker/${app}.Dockerfile`,
      '--tag',
      `echomate-${app}`,
      '.',
    ]);
  }
}

async function dryRun() {
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'echomate-images-'));
  /** @type {import('node:child_process').ChildProcess[]} */
  const running = [];
  try {
    const [apiPort, webPort] = [4917, 3917];
    const shared = {
      // Nothing of this checkout or shell may leak in: only what the image and the compose file set.
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PUBLIC_URL: `http://localhost:${webPort}`,
      PROXY_SECRET: 'shared by the two',
    };
    /** @type {[string, string, NodeJS.ProcessEnv][]} */
    const apps = [
      [
        'api',
        'apps/api/dist/main.js',
        {
          API_PORT: String(apiPort),
          DATA_DIR: join(folder, 'data'),
          SESSION_SECRET: 'x'.repeat(32),
          SMTP_URL: 'smtp://127.0.0.1:2525',
        },
      ],
      [
        'web',
        'apps/web/server.js',
        { PORT: String(webPort), API_ORIGIN: `http://127.0.0.1:${apiPort}` },
      ],
    ];
    for (const [app, file, environment] of apps) {
      say(`Assembling ${app} …`);
      const image = join(folder, app);
      await run('sh', ['docker/assemble.sh', app, image]);
      const child = spawn(process.execPath, ['--enable-source-maps', file], {
        cwd: image,
        env: { ...shared, ...environment },
        stdio: 'inherit',
      });
      running.push(child);
    }
    await expectAnswer(`http://127.0.0.1:${apiPort}/api/v1/health/ready`, 200);
    await expectAnswer(`http://127.0.0.1:${webPort}/health/live`, 200);
    await expectAnswer(`http://localhost:${webPort}/login`, 200);
    await expectAnswer(`http://localhost:${webPort}/api/v1/auth/session`, 401);
    await expectAnswer(`http://localhost:${webPort}/api/v1/dev/mailbox`, 404);
    console.log('Both images would start and answer.');
  } finally {
    await Promise.all(running.map((child) => stop(child)));
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} url
 * @param {number} status
 */
async function expectAnswer(url, status) {
  for (
    const deadline = Date.now() + 20_000;
    ;
    await new Promise((resolve) => setTimeout(resolve, 100))
  ) {
    const response = await fetch(url).catch(() => null);
    if (response?.status === status) return;
    if (Date.now() > deadline)
      throw new Error(`${url} answers ${response?.status ?? 'nothing'}, not ${status}`);
  }
}
