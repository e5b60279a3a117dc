import { readQuestion } from './search-query.js';
import { scoreOf } from './search-ranking.js';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const text = (
  content: string,
  title: string | null = null,
  createdAt = '2026-05-31T00:00:00Z',
) => ({
  title,
  content,
  createdAt,
});
const score = (row: ReturnType<typeof text>) => scoreOf(row, readQuestion('honey jar').terms, NOW);

describe('the score of a text', () => {
  it.each([
    ['a whole word before a beginning', text('honey jar'), text('honey jarring')],
    ['a title before a text', text('All of it', 'Honey jar'), text('A honey jar')],
    [
      'a new one before an old one',
      text('Honey jar'),
      text('Honey jar', null, '2025-05-31T00:00:00Z'),
    ],
    [
      'a short one before a long one',
      text('Honey jar'),
      text(`Honey jar ${'and so on '.repeat(50)}`),
    ],
  ])('%s', (_, better, worse) => {
    expect(score(better)).toBeGreaterThan(score(worse));
  });
});
