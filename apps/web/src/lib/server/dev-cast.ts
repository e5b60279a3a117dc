import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** The accounts that `npm run dev` created. */
export interface DevCast {
  password: string;
  people: { firstName: string; lastName: string; email: string }[];
}

export function readDevCast(): DevCast | null {
  const file = process.env.DEV_CAST_FILE;
  return file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DevCast) : null;
}
