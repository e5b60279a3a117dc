import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isLoopback, type OpenidProvider } from './openid-providers.js';
import { SETTINGS, type Settings } from './settings.js';

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(
      `Echomate cannot start with this configuration:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Which OAuth app of which GitHub log-ins go to. */
export interface Github {
  clientId: string;
  clientSecret: string;
  url: URL;
  apiUrl: URL;
}

type Environment = Record<string, string | undefined>;

/** All settings of the operator, validated once at start; injected wherever one is needed. */
export class Config {
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: URL;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
  readonly redisUrl: string | null;
  readonly sessionSecret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly openidProviders: OpenidProvider[];
  readonly github: Github | null;
  readonly pushContact: string;
  readonly reachesPrivateAddresses: boolean;
  readonly trustedProxies: string[];
  readonly proxySecret: string | null;
  readonly rateLimits: boolean;
  readonly passwordHashCost: number;
  readonly logLevel: string;
  readonly mediaQuotaBytes: number;
  readonly ffmpegPath: string;
  readonly jobLeaseSeconds: number;

  constructor(environment: Environment = process.env) {
    const { values, problems } = read(environment);
    this.isProduction = values.NODE_ENV === 'production';
    this.host = values.HOST || (this.isProduction ? '0.0.0.0' : '127.0.0.1');
    this.port = values.API_PORT;
    this.publicUrl = values.PUBLIC_URL;
    this.dataDir = resolve(values.DATA_DIR);
    this.databaseUrl = values.DATABASE_URL || null;
    this.databaseConnections = values.DATABASE_CONNECTIONS;
    this.redisUrl = values.REDIS_URL || null;
    this.smtpUrl = values.SMTP_URL || null;
    this.mailFrom = values.MAIL_FROM || `Echomate <no-reply@${this.publicUrl.hostname}>`;
    this.openidProviders = values.OPENID_PROVIDERS;
    this.github = values.GITHUB_CLIENT_ID
      ? {
          clientId: values.GITHUB_CLIENT_ID,
          clientSecret: values.GITHUB_CLIENT_SECRET,
          url: values.GITHUB_URL,
          apiUrl: values.GITHUB_API_URL,
        }
      : null;
    if (!values.GITHUB_CLIENT_ID !== !values.GITHUB_CLIENT_SECRET)
      problems.push(
        'GITHUB_CLIENT_SECRET: log-ins by GitHub need both GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET',
      );
    this.pushContact =
      values.PUSH_CONTACT ||
      (this.usesHttps ? this.publicUrl.origin : `mailto:no-reply@${this.publicUrl.hostname}`);
    this.reachesPrivateAddresses = values.PRIVATE_ADDRESSES === 'on';
    this.trustedProxies = values.TRUSTED_PROXIES;
    this.proxySecret = values.PROXY_SECRET || null;
    this.rateLimits = values.RATE_LIMITS === 'on';
    this.passwordHashCost = values.PASSWORD_HASH_COST;
    this.logLevel = values.LOG_LEVEL;
    this.mediaQuotaBytes = values.MEDIA_QUOTA_MB * 1024 * 1024;
    this.ffmpegPath = values.FFMPEG_PATH;
    this.jobLeaseSeconds = values.JOB_LEASE_SECONDS;

    if (this.isProduction) problems.push(...unsafeForProduction(values, environment));
    if (problems.length) throw new ConfigError(problems);
    this.sessionSecret = values.SESSION_SECRET || keptSecret(this.dataDir);
  }

  get usesHttps(): boolean {
    return this.publicUrl.protocol === 'https:';
  }

  /** The SQLite database, used when DATABASE_URL is not set. */
  get sqliteFile(): string {
    return join(this.dataDir, 'echomate.db');
  }
}

function read(environment: Environment): { values: Settings; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const text = environment[name]?.trim() || setting.default;
    try {
      values[name] = setting.parse(text);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      values[name] = setting.parse(setting.default);
    }
  }
  return { values: values as Settings, problems };
}

function unsafeForProduction(values: Settings, environment: Environment): string[] {
  const problems: string[] = [];
  if (!environment['PUBLIC_URL'])
    problems.push('PUBLIC_URL: say under which address people reach this installation');
  else if (values.PUBLIC_URL.protocol !== 'https:' && !isLoopback(values.PUBLIC_URL.hostname)) {
    problems.push(
      'PUBLIC_URL: production needs https, so that passwords and sessions travel encrypted',
    );
  }
  if (values.SESSION_SECRET.length < 32)
    problems.push('SESSION_SECRET: set at least 32 random characters');
  if (!values.SMTP_URL)
    problems.push(
      'SMTP_URL: production sends real mail; the development mailbox would show it to everyone',
    );
  if (values.RATE_LIMITS === 'off')
    problems.push('RATE_LIMITS: may be off for load tests only, never in production');
  if (values.PRIVATE_ADDRESSES === 'on')
    problems.push('PRIVATE_ADDRESSES: may be on for tests only, never in production');
  if (values.PASSWORD_HASH_COST < 10)
    problems.push('PASSWORD_HASH_COST: below 10 passwords are too cheap to guess');
  return problems;
}

/** Outside production a secret is generated once and stored with the data, so that sessions survive a restart. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'session-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8');
}
