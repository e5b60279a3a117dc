import type { Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { DAY_MS } from '../periods.js';

/** Under https the prefix binds a cookie to this host, whatever related hosts set. */
export const cookieName = (config: Config, name: string) =>
  config.usesHttps ? `__Host-${name}` : name;

export const cookieOptions = (config: Config) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: config.usesHttps,
});

export function setCookie(
  response: Response,
  config: Config,
  name: string,
  value: string,
  days: number,
): void {
  response.cookie(cookieName(config, name), value, {
    ...cookieOptions(config),
    maxAge: days * DAY_MS,
  });
}

/** Reads only values this server makes: letters, digits and characters that need no escaping. */
export function readCookie(request: Request, config: Config, name: string): string | null {
  const prefix = `${cookieName(config, name)}=`;
  const pair = request.headers.cookie
    ?.split(';')
    .map((text) => text.trim())
    .find((text) => text.startsWith(prefix));
  const value = pair?.slice(prefix.length) ?? '';
  return /^[\w.~-]+$/.test(value) ? value : null;
}
