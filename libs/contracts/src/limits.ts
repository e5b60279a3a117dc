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
  hashtag: { maxLength: 50 },
  comment: { content: { maxLength: 2000 } },
  message: { content: { maxLength: 5000 }, maxMedia: 4 },
  /** What one open page hears of */
  shown: { maxPosts: 200, maxOthers: 50 },
  idempotencyKey: { maxLength: 100, keptHours: 24 },
  page: { defaultSize: 20, maxSize: 100 },
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
