/** Features import each other one way only: a feature knows those to its left. */
const FEATURES = [
  'users',
  'media',
  'auth',
  'second-factors',
  'outside-logins',
  'moderation',
  'follows',
  'groups',
  'events',
  'posts',
  'insights',
  'notifications',
  'feed',
  'discovery',
  'chat',
  'profiles',
  'search',
  'importing',
  'admin',
  'welcome',
  'shell',
];

/** So do the rooms of the largest feature; what lies beside the rooms knows none of them. */
const ROOMS_OF_POSTS = ['audience', 'writing', 'body', 'reactions', 'comments', 'composer', 'card'];

/**
 * @param {string} place
 * @param {string[]} order
 */
const oneWay = (place, order) => [
  {
    name: `${place.replaceAll('/', '-')}-has-an-order`,
    comment: 'A new folder is given a place in the order.',
    severity: 'error',
    from: { path: `^src/${place}/[^/]+/`, pathNot: `^src/${place}/(${order.join('|')})/` },
    to: {},
  },
  ...order.slice(0, -1).map((name, index) => ({
    name: `${name}-imports-only-to-its-left`,
    severity: 'error',
    from: { path: `^src/${place}/${name}/` },
    to: { path: `^src/${place}/(${order.slice(index + 1).join('|')})/` },
  })),
];

export default {
  extends: '../../.dependency-cruiser.mjs',
  forbidden: [
    ...oneWay('lib/features', FEATURES),
    ...oneWay('lib/features/posts', ROOMS_OF_POSTS),
    {
      name: 'what-lies-beside-the-rooms-knows-none-of-them',
      severity: 'error',
      from: { path: '^src/lib/features/posts/[^/]+$' },
      to: { path: '^src/lib/features/posts/[^/]+/' },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^src/lib/ui/' },
      to: { path: '^src/(lib/features|lib/server|routes)/' },
    },
    {
      name: 'features-know-no-route',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^src/routes/' },
    },
  ],
};
