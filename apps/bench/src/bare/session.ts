import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { BareDatabase } from './database.ts';

interface SessionRow {
  id: string;
  userId: string;
}

/** Finds the session of a request with no more than that takes: what every signed-in entry begins with. */
export function sessionReader(database: BareDatabase, secret: string) {
  const find = database.prepare<SessionRow>(`
    SELECT id, user_id AS "userId", device, last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
    FROM sessions WHERE token_hash = ? AND expires_at > ?`);
  return (request: IncomingMessage) => {
    const token = unsign(cookieOf(request.headers.cookie), secret);
    if (token === null) return undefined;
    const tokenHash = createHash('sha256').update(token).digest('base64url');
    return find(tokenHash, new Date().toISOString());
  };
}

function cookieOf(header = ''): string {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === 'echomate_session')
      return decodeURIComponent(pair.slice(at + 1).trim());
  }
  return '';
}

/** The cookie as express-session signs it: `s:<token>.<HMAC of the token>`. */
function unsign(value: string, secret: string): string | null {
  const dot = value.lastIndexOf('.');
  if (!value.startsWith('s:') || dot < 0) return null;
  const token = value.slice(2, dot);
  const given = Buffer.from(value.slice(dot + 1));
  const right = Buffer.from(
    createHmac('sha256', secret).update(token).digest('base64').replace(/=+$/, ''),
  );
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}
