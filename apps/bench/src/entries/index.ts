import type { Entry } from '../entry.ts';
import { feed } from './feed.ts';
import { followersGrowth } from './followers-growth.ts';
import { groups } from './groups.ts';
import { login } from './login.ts';
import { loginFlood } from './login-flood.ts';
import { postWriting } from './post-writing.ts';
import { posts } from './posts.ts';
import { profile } from './profile.ts';
import { profileGrowth } from './profile-growth.ts';
import { search } from './search.ts';
import { sessionRead } from './session-read.ts';

/** In the order in which they run. */
export const ENTRIES: Entry[] = [
  sessionRead,
  profile,
  profileGrowth,
  followersGrowth,
  ...feed,
  ...posts,
  ...search,
  ...postWriting,
  ...groups,
  login,
  loginFlood,
];
