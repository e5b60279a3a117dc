import { MAX_ZOOM, partOf, settle, WHOLE } from './crop.ts';

const wide = { width: 600, height: 400 };

test('the largest square of a wide picture is as tall as it', () => {
  expect(partOf(wide, 1, 1)).toEqual({ width: 400, height: 400 });
  expect(partOf(wide, 2, 1)).toEqual({ width: 200, height: 200 });
});

test('the square never leaves the picture', () => {
  const { x, y } = settle({ zoom: 1, x: 0, y: 5 }, wide, 1);
  expect(x).toBeCloseTo(1 / 3);
  expect(y).toBe(0.5);
});

test('zooming in lets it reach further, and only so far', () => {
  expect(settle({ zoom: 2, x: 0, y: 0 }, wide, 1).x).toBeCloseTo(1 / 6);
  expect(settle({ zoom: 99, x: 0.5, y: 0.5 }, wide, 1).zoom).toBe(MAX_ZOOM);
  expect(settle({ zoom: 0, x: 0.5, y: 0.5 }, wide, 1)).toEqual(WHOLE);
});

test('a banner is as wide as the picture, and its third in height', () => {
  expect(partOf(wide, 1, 3)).toEqual({ width: 600, height: 200 });
  expect(settle({ zoom: 1, x: 1, y: 1 }, wide, 3)).toEqual({ zoom: 1, x: 0.5, y: 0.75 });
});
