import { LIMITS } from '@echomate/contracts/limits';
import * as m from '#lib/generated/messages.js';

const LONG = 16;
const FAIR = 12;

/**
 * Rates length and the number of different characters. Only the api refuses passwords; it also knows the most common
 * ones.
 */
export const remarkOnPassword = (password: string): { text: string; good: boolean } => {
  const { length } = [...password.normalize('NFC')];
  const { minLength, maxLength } = LIMITS.password;
  if (length > maxLength)
    return { text: m.auth_password_too_long({ max: String(maxLength) }), good: false };
  const missing = minLength - length;
  if (missing === 1) return { text: m.auth_password_one_more(), good: false };
  if (missing > 0) return { text: m.auth_password_more({ count: missing }), good: false };
  const different = new Set(password.toLowerCase()).size;
  if (different < 5) return { text: m.auth_password_repeats(), good: false };
  if (length >= LONG && different >= 8) return { text: m.auth_password_strong(), good: true };
  if (length >= FAIR) return { text: m.auth_password_fair(), good: true };
  return { text: m.auth_password_weak(), good: false };
};
