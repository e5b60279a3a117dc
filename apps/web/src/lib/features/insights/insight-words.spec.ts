import {
  axisWords,
  countWords,
  hourWords,
  reachWords,
  spanWords,
  weekdayWords,
} from './insight-words.ts';

const reader = { locale: 'en', zone: 'UTC' };
const days = (count: number) =>
  Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2026, 10, 1 + at)).toISOString().slice(0, 10);
    return { from: day, to: day };
  });
const over = (total: number | null, isAtLeast = false) => ({ total, isAtLeast, spans: [] });

it('says how many as exactly as it is told', () => {
  expect(countWords(null, reader)).toBe('Fewer than 5');
  expect(countWords(0, reader)).toBe('0');
  expect(countWords(1234, reader)).toBe('1,234');
  expect(countWords(9, reader, true)).toBe('At least 9');
  expect(reachWords(over(null))).toBe('Reached fewer than 5 people');
  expect(reachWords(over(0))).toBe("Hasn't reached anyone yet");
  expect(reachWords(over(34))).toBe('Reached 34 people');
  expect(reachWords(over(8, true))).toBe('Reached at least 8 people');
});

it('names days and months in the language of the reader', () => {
  expect(spanWords({ from: '2026-11-03', to: '2026-11-03' }, reader)).toBe('Tue, Nov 3');
  expect(spanWords({ from: '2026-11-01', to: '2026-11-30' }, reader)).toBe('November 2026');
  expect(weekdayWords(1, { ...reader, locale: 'de' })).toBe('Montag');
  expect(hourWords(18, reader)).toBe('6 PM');
  expect(hourWords(18, { ...reader, locale: 'de' })).toBe('18 Uhr');
});

it('leaves room between the names below many bars', () => {
  expect(axisWords(days(7), reader).at(-1)).toBe('Sat');
  const month = axisWords(days(30), reader);
  expect(month.filter(Boolean)).toEqual(['Nov 9', 'Nov 16', 'Nov 23', 'Nov 30']);
  expect(axisWords(days(90), reader).filter(Boolean)).toHaveLength(7);
});
