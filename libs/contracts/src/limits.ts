/** Every length, size and age that the API enforces and the web announces. */
export const LIMITS = {
  password: { minBytes: 8, maxBytes: 72 },
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
  page: { defaultSize: 20, maxSize: 100 },
} as const;

export const AVATAR_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;
