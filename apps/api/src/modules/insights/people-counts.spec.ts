import { busyDays, overTime, told } from './people-counts.js';

const spansFor = (people: number[]) =>
  people.map((_, at) => ({ from: `2026-03-0${at + 1}`, to: `2026-03-0${at + 1}` }));
const over = (...people: number[]) => {
  const { total, isAtLeast, spans } = overTime(spansFor(people), people);
  return { total, isAtLeast, counts: spans.map(({ count }) => count) };
};

it('tells no number of viewers between nobody and five', () => {
  expect([0, 1, 4, 5, 34].map(told)).toEqual([0, null, null, 5, 34]);
});

describe('a number over time', () => {
  it('is exact as far as it may be', () => {
    expect(over(0, 0)).toEqual({ total: 0, isAtLeast: false, counts: [0, 0] });
    expect(over(7, 0, 12)).toEqual({ total: 19, isAtLeast: false, counts: [7, 0, 12] });
    expect(over(1, 2)).toEqual({ total: null, isAtLeast: false, counts: [null, null] });
    expect(over(3, 2, 4)).toEqual({ total: 9, isAtLeast: false, counts: [null, null, null] });
  });

  it('never tells by its total what it keeps back of a day', () => {
    expect(over(7, 2)).toEqual({ total: 8, isAtLeast: true, counts: [7, null] });
    expect(over(7, 2, 1)).toEqual({ total: 9, isAtLeast: true, counts: [7, null, null] });
    expect(over(4, 4)).toEqual({ total: 5, isAtLeast: true, counts: [null, null] });
    expect(over(4, 3)).toEqual({ total: 5, isAtLeast: true, counts: [null, null] });
    expect(over(1, 1, 1, 1, 1)).toMatchObject({ total: 5, isAtLeast: true });
  });

  it('leaves doubt about each day with few people', () => {
    const counts = [0, 1, 2, 3, 4, 5, 6];
    const all = counts.flatMap((a) => counts.flatMap((b) => counts.map((c) => [a, b, c])));
    for (const size of [1, 2, 3]) {
      const possible = new Map<string, Set<number>[]>();
      const some = all.map((people) => people.slice(0, size));
      for (const people of some) {
        const said = JSON.stringify(over(...people));
        const known = possible.get(said) ?? people.map(() => new Set<number>());
        people.forEach((count, at) => known[at]!.add(count));
        possible.set(said, known);
      }
      for (const people of some) {
        const known = possible.get(JSON.stringify(over(...people)))!;
        const hidden = people.map((_, at) => known[at]!.size > 1);
        expect({ people, hidden }).toEqual({
          people,
          hidden: people.map((count) => told(count) === null),
        });
      }
    }
  });
});

describe('busy times', () => {
  const week = (weekday: number, hour: number, people: number) =>
    Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (__, at) => (day + 1 === weekday && at === hour ? people : 0)),
    );

  it('are relative to the busiest hour', () => {
    const people = week(2, 18, 20);
    people[4]![7] = 5;
    people[5]![7] = 4;
    const days = busyDays(people)!;
    expect(days.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(days[1]!.levels[18]).toBe(4);
    expect(days[4]!.levels[7]).toBe(1);
    expect(days[5]!.levels[7]).toBe(0);
  });

  it('are not told of few', () => {
    expect(busyDays(week(2, 18, 4))).toBeNull();
    expect(busyDays(week(2, 18, 5))).not.toBeNull();
  });
});
