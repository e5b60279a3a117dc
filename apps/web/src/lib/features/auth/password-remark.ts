import { LIMITS } from '@echomate/contracts/limits';
import * as m from '#lib/paraglide/messages.js';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

const LONG = 16;
const FAIR = 12;

/**
 * Length is what counts, and how many different letters it is made of; the api alone refuses, and
 * also knows the most common passwords.
 */
export const remarkOnPassword = (password: string): { text: string; good: boolean } => {
  const bytes = bytesOf(password);
  if (bytes > LIMITS.password.maxBytes) {
    return {
      text: m.auth_password_too_long({ max: String(LIMITS.password.maxBytes) }),
      good: false,
    };
  }
  const missing = LIMITS.password.minBytes - bytes;
  if (missing === 1) return { text: m.auth_password_one_more(), good: false };
  if (missing > 0) return { text: m.auth_password_more({ count: String(missing) }), good: false };
  const different = new Set(password.toLowerCase()).size;
  if (different < 5) return { text: m.auth_password_repeats(), good: false };
  if (bytes >= LONG && different >= 8) return { text: m.auth_password_strong(), good: true };
  if (bytes >= FAIR) return { text: m.auth_password_fair(), good: true };
  return { text: m.auth_password_weak(), good: false };
};
