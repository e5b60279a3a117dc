/** Within the api imports point one way only: platform ← access ← users ← auth … (docs/architecture.md). */
const ORDER = [
  ['platform'],
  ['access'],
  ['modules/users'],
  ['modules/media'],
  ['modules/auth'],
  ['modules/second-factors'],
  ['modules/outside-logins'],
  ['modules/follows'],
  ['modules/groups'],
  ['modules/events'],
  ['modules/profiles', 'modules/posts'],
  ['modules/feed', 'modules/chat'],
  ['modules/moderation'],
  [
    'modules/notifications',
    'modules/live',
    'modules/search',
    'modules/discovery',
    'modules/insights',
    'modules/leaving',
    'modules/admin',
  ],
  ['modules/importing'],
  ['modules/frame'],
];

/** @param {string} name */
const folder = (name) => `^src/${name}/`;

/** For every layer: nothing in it may import a layer to its right, nor a neighbour in the same layer. */
const oneWay = ORDER.flatMap((layer, index) =>
  layer.map((name) => ({
    name: `${name.replace('/', '-')}-imports-only-to-its-left`,
    severity: 'error',
    from: { path: folder(name) },
    to: {
      path: [...layer.filter((other) => other !== name), ...ORDER.slice(index + 1).flat()].map(
        folder,
      ),
    },
  })),
).filter(({ to }) => to.path.length > 0);

export default {
  extends: '../../.dependency-cruiser.mjs',
  forbidden: [
    ...oneWay,
    {
      name: 'modules-show-only-their-public-face',
      comment: 'Another module is used through its module, its services and its domain events.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: '^src/modules/',
        pathNot: [
          '^src/modules/$1/',
          '\\.module\\.ts$',
          '\\.service\\.ts$',
          '\\.domain-events\\.ts$',
        ],
      },
    },
    {
      name: 'typeorm-stays-with-the-data',
      severity: 'error',
      from: {
        pathNot: [
          '\\.repository\\.ts$',
          '\\.entity\\.ts$',
          '^src/database/',
          '^src/access/',
          '^src/platform/database/',
        ],
      },
      to: { path: 'node_modules/typeorm' },
    },
    {
      name: 'http-stays-at-the-door',
      severity: 'error',
      from: {
        pathNot: [
          '\\.(controller|guard|strategy)\\.ts$',
          '^src/platform/',
          '^src/modules/auth/(authenticate|log-in|session-store|session-viewers|sign-in)\\.',
          '^src/main\\.ts$',
        ],
      },
      to: { path: 'node_modules/(@types/)?express' },
    },
    {
      name: 'rules-are-made-in-access',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/access/' },
      to: { path: '^src/access/rule\\.ts$' },
    },
    {
      name: 'sockets-stay-in-realtime',
      severity: 'error',
      from: { pathNot: '^src/platform/realtime/' },
      to: { path: 'node_modules/socket\\.io' },
    },
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' } },
};
