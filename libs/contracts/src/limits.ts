/** Every length, size and age that the API enforces and the web announces. */
export const LIMITS = {
  /** In characters, as people count them */
  password: { minLength: 8, maxLength: 200 },
  email: { maxLength: 254 },
  name: { maxLength: 60 },
  nickname: { maxLength: 40 },
  about: { maxLength: 1000 },
  minimumAge: 13,
  /** No living person is older; a year below this is a typing slip. */
  oldestBirthYear: 1900,
  avatar: { maxBytes: 10 * 1024 * 1024, maxPixels: 50_000_000 },
  /** How long a declined request holds before one may ask again. */
  askAgainAfterHours: 24,
  media: {
    alt: { maxLength: 1000 },
    maxImageBytes: 20 * 1024 * 1024,
    maxVideoBytes: 200 * 1024 * 1024,
    maxPixels: 50_000_000,
    /** Frames × width × height of an animation, all of which are decoded */
    maxAnimationPixels: 300_000_000,
    maxFrames: 600,
    maxVideoSeconds: 180,
    /** An upload that nothing was made of is removed after this time. */
    unattachedHours: 24,
  },
  post: {
    title: { maxLength: 120 },
    content: { maxLength: 5000 },
    maxMedia: 4,
    maxChosen: 500,
    maxMentions: 20,
    maxHashtags: 30,
    /** How long a deleted post can be brought back. */
    undoMinutes: 10,
  },
  hashtag: { maxLength: 50 },
  comment: { content: { maxLength: 2000 } },
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
