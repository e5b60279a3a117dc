import { openidProviders, safeUrl } from './openid-providers.js';

interface Setting<Value> {
  default: string;
  parse(text: string): Value;
  /** One line for the operator; `docs/operations.md` lists these, and a test compares the two. */
  about: string;
}

const setting = <Value>(
  about: string,
  fallback: string,
  parse: (text: string) => Value,
): Setting<Value> => ({
  about,
  default: fallback,
  parse,
});

const text = (value: string) => value;

const oneOf =
  <const Choice extends string>(...choices: Choice[]) =>
  (value: string): Choice => {
    const found = choices.find((choice) => choice === value);
    if (!found) throw new Error(`must be one of ${choices.join(', ')}, not "${value}"`);
    return found;
  };

const wholeNumber = (min: number, max: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new Error(`must be a whole number from ${min} to ${max}, not "${value}"`);
  }
  return number;
};

const url =
  (...protocols: string[]) =>
  (value: string) => {
    if (!URL.canParse(value)) throw new Error(`must be an address, not "${value}"`);
    const parsed = new URL(value);
    if (!protocols.includes(parsed.protocol)) {
      throw new Error(
        `must start with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      );
    }
    return parsed;
  };

/** The value may contain a password, so an error message never repeats it. */
const secretUrl =
  (...protocols: string[]) =>
  (value: string) => {
    if (value === '') return value;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      throw new Error(
        `must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
      );
    }
    return value;
  };

const contact = (value: string) => {
  if (value === '' || (/^(mailto:.+@|https:)/.test(value) && URL.canParse(value))) return value;
  throw new Error('must start with mailto: or https:');
};

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** The only list of settings. */
export const SETTINGS = {
  NODE_ENV: setting(
    '`production` refuses unsafe defaults',
    'development',
    oneOf('development', 'test', 'production'),
  ),
  HOST: setting('address the api listens on; empty: 127.0.0.1, in production 0.0.0.0', '', text),
  API_PORT: setting('port of the api', '4000', wholeNumber(0, 65_535)),
  PUBLIC_URL: setting(
    'address people type into the browser',
    'http://localhost:3000',
    url('http:', 'https:'),
  ),
  DATA_DIR: setting('folder of the SQLite file and of uploads', 'data', text),
  DATABASE_URL: setting(
    '`postgres://…` moves the database from SQLite to PostgreSQL',
    '',
    secretUrl('postgres:', 'postgresql:'),
  ),
  DATABASE_CONNECTIONS: setting(
    'how many connections to PostgreSQL each process may hold',
    '20',
    wholeNumber(4, 1000),
  ),
  REDIS_URL: setting(
    '`redis://…` lets several api processes share sockets, presence and limits',
    '',
    secretUrl('redis:', 'rediss:'),
  ),
  SESSION_SECRET: setting(
    'signs session cookies and tokens of programs; outside production one is made and kept in DATA_DIR',
    '',
    text,
  ),
  SMTP_URL: setting(
    '`smtp://user:password@host:port`; without it mails land in the development mailbox',
    '',
    secretUrl('smtp:', 'smtps:'),
  ),
  MAIL_FROM: setting('sender of mails; empty: no-reply at the host of PUBLIC_URL', '', text),
  OPENID_PROVIDERS: setting(
    'log-ins by OpenID Connect, a JSON list of `{"name", "label", "issuer", "clientId", "clientSecret"}`',
    '',
    openidProviders,
  ),
  GITHUB_CLIENT_ID: setting('client id of an OAuth app, for log-ins by GitHub', '', text),
  GITHUB_CLIENT_SECRET: setting('its client secret', '', text),
  GITHUB_URL: setting(
    'where people log in to GitHub; of a GitHub Enterprise Server its address',
    'https://github.com',
    safeUrl,
  ),
  GITHUB_API_URL: setting(
    'where GitHub’s API is; of a GitHub Enterprise Server `https://HOST/api/v3`',
    'https://api.github.com',
    safeUrl,
  ),
  PUSH_CONTACT: setting(
    'how push services reach the operator, `mailto:…` or `https://…`; empty: PUBLIC_URL, or without https no-reply at its host',
    '',
    contact,
  ),
  PRIVATE_ADDRESSES: setting(
    '`on` lets pushes go to plain http and private addresses, for tests; production refuses it',
    'off',
    oneOf('on', 'off'),
  ),
  TRUSTED_PROXIES: setting(
    'addresses or ranges, comma separated, whose X-Forwarded-* headers are believed (`loopback` and `uniquelocal` are known names)',
    '',
    list,
  ),
  PROXY_SECRET: setting(
    'shared by web and api: who sends it in X-Echomate-Proxy is believed like a trusted proxy',
    '',
    text,
  ),
  RATE_LIMITS: setting(
    '`off` lifts all limits, for load tests; production refuses it',
    'on',
    oneOf('on', 'off'),
  ),
  PASSWORD_HASH_COST: setting('bcrypt cost factor', '12', wholeNumber(4, 16)),
  LOG_LEVEL: setting(
    'fatal, error, warn, info, debug or trace',
    'info',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace'),
  ),
  MEDIA_QUOTA_MB: setting(
    'how much one person’s pictures and videos may take',
    '2048',
    wholeNumber(1, 1_000_000),
  ),
  FFMPEG_PATH: setting(
    'the program that reads videos, with ffprobe beside it; where it is missing videos are refused',
    'ffmpeg',
    text,
  ),
  JOB_LEASE_SECONDS: setting(
    'how long a background job may be silent before another worker takes it over',
    '60',
    wholeNumber(1, 3600),
  ),
};

export type Settings = {
  [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]['parse']>;
};
