import type { Entry } from '../entry.ts';
import { followersGrowth } from './followers-growth.ts';
import { login } from './login.ts';
import { loginFlood } from './login-flood.ts';
import { profile } from './profile.ts';
import { profileGrowth } from './profile-growth.ts';
import { sessionRead } from './session-read.ts';

/** In the order in which they run. */
export const ENTRIES: Entry[] = [
  sessionRead,
  profile,
  profileGrowth,
  followersGrowth,
  login,
  loginFlood,
];
