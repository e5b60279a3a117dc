import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, ConfigError } from './config.js';
import { SETTINGS } from './settings.js';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'echomate-config-'));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const production = {
  NODE_ENV: 'production',
  DATA_DIR,
  PUBLIC_URL: 'https://club.example.org',
  SESSION_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtp://user:password@mail.example.org:587',
};
const PROVIDER = {
  name: 'club',
  label: 'Club account',
  issuer: 'https://id.example.org',
  clientId: 'echomate',
  clientSecret: 'hunter2',
};
const provider = (changes: Record<string, string>) => ({
  OPENID_PROVIDERS: JSON.stringify([{ ...PROVIDER, ...changes }]),
});
const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    new Config(environment);
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map((problem) => problem.split(':')[0]!);
  }
};

describe('the configuration', () => {
  it('needs nothing to start with', () => {
    const config = new Config({ DATA_DIR });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: null,
      rateLimits: true,
    });
    expect(config.sessionSecret.length).toBeGreaterThanOrEqual(32);
  });

  it('keeps the secret it made, so that people stay logged in', () => {
    expect(new Config({ DATA_DIR }).sessionSecret).toBe(new Config({ DATA_DIR }).sessionSecret);
  });

  it.each([
    [{ API_PORT: 'eighty' }, ['API_PORT']],
    [{ API_PORT: '70000' }, ['API_PORT']],
    [{ DATABASE_URL: 'mysql://localhost/x' }, ['DATABASE_URL']],
    [{ PUBLIC_URL: 'club.example.org' }, ['PUBLIC_URL']],
    [{ OPENID_PROVIDERS: 'club' }, ['OPENID_PROVIDERS']],
    [{ OPENID_PROVIDERS: JSON.stringify([PROVIDER, PROVIDER]) }, ['OPENID_PROVIDERS']],
    [provider({ issuer: 'http://id.example.org' }), ['OPENID_PROVIDERS']],
    [provider({ name: 'github' }), ['OPENID_PROVIDERS']],
    [provider({ name: 'Club/1' }), ['OPENID_PROVIDERS']],
    [provider({ clientSecret: '' }), ['OPENID_PROVIDERS']],
    [provider({ secret: 'hunter2' }), ['OPENID_PROVIDERS']],
    [{ GITHUB_CLIENT_ID: 'club' }, ['GITHUB_CLIENT_SECRET']],
    [{ GITHUB_URL: 'http://github.com' }, ['GITHUB_URL']],
    [{ RATE_LIMITS: 'maybe', LOG_LEVEL: 'loud' }, ['RATE_LIMITS', 'LOG_LEVEL']],
  ])('names every setting that cannot be used: %j', (environment, names) => {
    expect(problemsOf({ DATA_DIR, ...environment })).toEqual(names);
  });

  it('never repeats a secret in what it says', () => {
    const say = () => new Config({ DATA_DIR, DATABASE_URL: 'mysql://user:hunter2@localhost/x' });
    expect(say).toThrow(ConfigError);
    expect(say).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });

  it('never repeats the secret of a provider either', () => {
    for (const broken of [`${JSON.stringify([PROVIDER])} hunter2`, '[{"clientSecret":"hunter2"}]'])
      expect(() => new Config({ DATA_DIR, OPENID_PROVIDERS: broken })).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
      );
    expect(new Config({ DATA_DIR, ...provider({}) }).openidProviders).toEqual([PROVIDER]);
  });

  it.each([
    ['PUBLIC_URL', ''],
    ['PUBLIC_URL', 'http://club.example.org'],
    ['SESSION_SECRET', ''],
    ['SESSION_SECRET', 'short'],
    ['SMTP_URL', ''],
    ['RATE_LIMITS', 'off'],
    ['PRIVATE_ADDRESSES', 'on'],
    ['PUSH_CONTACT', 'admin@example.org'],
    ['PASSWORD_HASH_COST', '4'],
  ])('refuses unsafe production: %s=%s', (name, value) => {
    expect(problemsOf(production)).toEqual([]);
    expect(problemsOf({ ...production, [name]: value })).toEqual([name]);
  });

  it('is documented, every setting with its default', () => {
    const file = join(import.meta.dirname, '../../../../../docs/operations.md');
    const documentation = readFileSync(file, 'utf8').replace(/ +/g, ' ');
    for (const [name, { default: value, about }] of Object.entries(SETTINGS)) {
      expect(documentation).toContain(`| \`${name}\` |${value && ` \`${value}\``} | ${about} |`);
    }
  });
});
