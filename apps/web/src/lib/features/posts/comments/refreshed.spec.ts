import { refreshed } from './refreshed.ts';

const list = (ids: string) => [...ids].map((id) => ({ id }));
const words = ({ items, nextCursor }: { items: { id: string }[]; nextCursor: string | null }) =>
  items.map(({ id }) => id).join('') + (nextCursor ?? '');

const newestFirst = (shown: string, more: string | null, read: string, readMore: string | null) =>
  words(refreshed(list(shown), more, { items: list(read), nextCursor: readMore }, 'newest first'));
const oldestFirst = (shown: string, more: string | null, read: string, readMore: string | null) =>
  words(refreshed(list(shown), more, { items: list(read), nextCursor: readMore }, 'oldest first'));

describe('a list that is read anew', () => {
  it('has what came and what is left', () => {
    expect(newestFirst('dcba', null, 'edca', null)).toBe('edca');
    expect(newestFirst('', null, 'ba', null)).toBe('ba');
    expect(newestFirst('a', null, '', null)).toBe('');
    expect(oldestFirst('abc', null, 'acde', null)).toBe('acde');
  });

  it('ends where it ended, if it was not whole', () => {
    expect(newestFirst('dc', '…', 'edcba', null)).toBe('edc…');
    expect(oldestFirst('ab', '…', 'acde', null)).toBe('a…');
  });

  it('keeps what was not read', () => {
    expect(newestFirst('dcba', '…', 'ed', '+')).toBe('edcba…');
    expect(newestFirst('dcba', null, 'edb', '+')).toBe('edba');
  });

  it('begins anew if it does not meet what it was', () => {
    expect(newestFirst('ba', null, 'hgf', '+')).toBe('hgf+');
    expect(newestFirst('', null, 'hgf', '+')).toBe('hgf+');
  });
});
