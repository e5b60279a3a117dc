/** How many weeks ago each person came, the first first. */
export const ARRIVALS: Record<string, number> = {
  Ada: 34,
  Bruno: 34,
  Hanna: 34,
  Chidi: 32,
  Emil: 31,
  Kofi: 30,
  Fumiko: 28,
  Goran: 27,
  Lucía: 26,
  Jamila: 24,
  Iker: 22,
  Dilara: 20,
  Mathilde: 18,
  Kasia: 15,
  Nour: 12,
};

/** The picture across the top of a profile; who is not named has none. */
export const BANNERS = {
  Ada: { scene: 'fields', light: 'gold', seed: 41 },
  Bruno: { scene: 'bridge', light: 'dawn', seed: 7 },
  Chidi: { scene: 'town', light: 'night', seed: 12 },
  Emil: { scene: 'mountains', light: 'dusk', seed: 5 },
  Fumiko: { scene: 'leaves', seed: 3 },
  Goran: { scene: 'pitch', seed: 4 },
  Hanna: { scene: 'lake', light: 'dawn', seed: 9 },
  Kofi: { scene: 'planks', seed: 2 },
  Lucía: { scene: 'dunes', light: 'gold', seed: 8 },
  Mathilde: { scene: 'sea', light: 'dusk', seed: 6 },
  Nour: { scene: 'aurora', light: 'night', seed: 2 },
  Kasia: { scene: 'winter', light: 'dusk', seed: 3 },
} as const;
