/** Every length, size and age that the API enforces and the web states. */
export const LIMITS = {
  /** In characters as people count them */
  password: { minLength: 8, maxLength: 200 },
  email: { maxLength: 254 },
  name: { maxLength: 60 },
  nickname: { maxLength: 40 },
  handle: {
    minLength: 2,
    maxLength: 30,
    /** How long a handle that was given up leads to its person and belongs to nobody else. */
    keptDays: 90,
    /** How many handles that were given up are kept for one person: so many changes in that time. */
    maxKept: 3,
  },
  about: { maxLength: 1000 },
  account: {
    /** How long somebody who deletes their account can still keep it. */
    leavingDays: 14,
    /** How long before the end they are told once more. */
    remindedDays: 1,
    /** How many groups are decided about one by one. */
    maxGroups: 100,
    /** How long an archive of one's data is kept. */
    exportDays: 7,
    /** How many archives one may have made in a day. */
    exportsADay: 3,
  },
  import: {
    /** Of an archive of another installation */
    maxBytes: 1024 * 1024 * 1024,
    /** How many one may import a day. */
    perDay: 5,
    /** How long people whom one followed there are proposed. */
    peopleDays: 30,
  },
  passkey: { name: { maxLength: 60 }, maxPerPerson: 20 },
  recoveryCodes: 10,
  minimumAge: 13,
  /** No living person is older; an earlier year is a typing error. */
  oldestBirthYear: 1900,
  avatar: { maxBytes: 10 * 1024 * 1024 },
  /** How long after a refusal one may ask again. */
  askAgainAfterHours: 24,
  /** How long the one who declined can take it back. */
  undoDeclineMinutes: 10,
  media: {
    alt: { maxLength: 1000 },
    maxImageBytes: 20 * 1024 * 1024,
    maxVideoBytes: 200 * 1024 * 1024,
    maxPixels: 50_000_000,
    /** Frames × width × height of an animation, all of which are decoded */
    maxAnimationPixels: 300_000_000,
    maxFrames: 600,
    maxVideoSeconds: 180,
    /** An upload that was not attached to anything is removed after this time. */
    unattachedHours: 24,
  },
  post: {
    title: { maxLength: 120 },
    content: { maxLength: 5000 },
    maxMedia: 4,
    maxChosen: 500,
    maxMentions: 20,
    maxHashtags: 30,
    /** How many can be asked for at once. */
    maxRead: 50,
    /** How long a deleted post can be restored. */
    undoMinutes: 10,
  },
  group: {
    title: { maxLength: 80 },
    description: { maxLength: 2000 },
    /** What goes with an invitation or a request */
    words: { maxLength: 300 },
    maxInvited: 50,
    maxPinned: 5,
    /** Of all its events, those that are cancelled among them. */
    maxDatesAhead: 5000,
    /** How long a deleted group can be restored. */
    undoMinutes: 10,
  },
  event: {
    title: { maxLength: 80 },
    description: { maxLength: 4000 },
    place: { maxLength: 200 },
    option: { maxLength: 40 },
    minOptions: 2,
    maxOptions: 10,
    maxCapacity: 100_000,
    /** How long one may last. */
    maxDays: 14,
    /** How far ahead one may be planned. */
    maxYearsAhead: 5,
    /** From the first to the last date of one that repeats. */
    maxRepeatDays: 731,
    /** How much of one's calendar can be read at once. */
    maxRangeDays: 100,
  },
  site: {
    name: { maxLength: 40 },
    welcome: { maxLength: 300 },
    rule: { maxLength: 300 },
    maxRules: 20,
  },
  invitation: { note: { maxLength: 100 }, maxUses: 1000, maxDays: 90 },
  /** Tokens made in settings; log-ins of programs are as many, and the oldest ends for a new one. */
  program: { name: { maxLength: 60 }, maxDays: 365, max: 20 },
  application: { words: { maxLength: 600 }, reason: { maxLength: 600 } },
  hashtag: { maxLength: 50 },
  search: { maxLength: 200, maxWords: 10 },
  comment: { content: { maxLength: 2000 } },
  message: { content: { maxLength: 5000 }, maxMedia: 4 },
  report: {
    words: { maxLength: 1000 },
    /** Of one person in a day */
    maxPerDay: 50,
    /** How long one moderator has a case for themselves. */
    claimMinutes: 30,
    /** The longest suspension with an end. */
    maxDays: 365,
    /** How long moderators can put back what they removed. */
    restorableDays: 30,
  },
  insights: {
    /** A number of viewers below this is not told, unless it is 0. */
    few: 5,
    /** How long after a post was written those whom it reaches are counted. */
    countedDays: 90,
  },
  /** What one open page hears of */
  shown: { maxPosts: 200, maxOthers: 50 },
  idempotencyKey: { maxLength: 100, keptHours: 24 },
  page: { defaultSize: 20, maxSize: 100 },
  suggestions: { shown: 12, maxShown: 30 },
} as const;

export const IMAGE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
] as const;
export const VIDEO_TYPES = ['video/mp4', 'video/webm', 'video/quicktime'] as const;
export const AVATAR_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

/** Each is a hue: how light and how strong it is, and so what can be read on it, is the same for all. */
export const SITE_COLOURS = ['marine', 'forest', 'olive', 'clay', 'plum', 'indigo'] as const;
