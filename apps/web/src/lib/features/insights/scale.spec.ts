import { percent, placeOf, topOf } from './scale.ts';

it('ends an axis with a round number', () => {
  expect([0, 3, 5, 6, 10, 11, 21, 51, 99, 101, 2001].map((highest) => topOf(highest, 5))).toEqual([
    5, 5, 5, 10, 10, 20, 50, 100, 100, 200, 5000,
  ]);
  expect([0, 1, 2, 3].map((highest) => topOf(highest, 1))).toEqual([1, 1, 2, 5]);
});

it('puts bars beside each other, none over the border', () => {
  for (const count of [1, 7, 30, 90]) {
    const places = Array.from({ length: count }, (_, at) => placeOf(at, count));
    places.forEach(({ left, width }, at) => {
      expect(left).toBeGreaterThan(at === 0 ? 0 : places[at - 1]!.left + places[at - 1]!.width);
      expect(left + width).toBeLessThan(1);
    });
  }
  expect(percent(1 / 3)).toBe('33.333%');
});
