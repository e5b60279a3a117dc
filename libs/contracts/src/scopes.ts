/** What the owner of an account can let a program do. */
export const SCOPES = ['read', 'write', 'messages', 'manage'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * What a program needs, by the beginning of a route; the longest one counts. `content` is `read` or `write`, as the
 * method says. Where it says `session`, and for whatever is not here, no token is enough: these routes hold what opens
 * the account, or make another way into it.
 */
export const REACH: Readonly<Record<string, Scope | 'content' | 'session'>> = {
  auth: 'session',
  dev: 'session',
  frame: 'session',

  calendars: 'content',
  comments: 'content',
  decisions: 'content',
  discovery: 'content',
  events: 'content',
  feed: 'content',
  'follow-requests': 'content',
  followers: 'content',
  groups: 'content',
  'groups/:id/conversation': 'messages',
  hashtags: 'content',
  health: 'content',
  insights: 'content',
  mail: 'content',
  media: 'content',
  notifications: 'content',
  'notifications/push': 'session',
  posts: 'content',
  reports: 'content',
  search: 'content',
  site: 'content',
  suspension: 'session',
  users: 'content',
  'users/me/calendar': 'session',
  'users/me/deactivation': 'session',
  'users/me/deletion': 'session',
  'users/me/export': 'session',
  'users/me/import': 'session',
  visits: 'content',

  conversations: 'messages',
  messages: 'messages',

  admin: 'manage',
  'admin/people/:id/role': 'session',
  moderation: 'manage',
};

/** The scope that a route needs, as in `GET`, `posts/:id`; null if it takes a session. */
export function scopeOf(method: string, route: string): Scope | null {
  const words = route.split('/').filter(Boolean);
  for (let count = words.length; count > 0; count--) {
    const reach = REACH[words.slice(0, count).join('/')];
    if (reach === undefined) continue;
    if (reach !== 'content') return reach === 'session' ? null : reach;
    return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  }
  return null;
}
