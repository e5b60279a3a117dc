import { areAlike, differByASlip, slipsOf } from './name-slips.js';

describe('a slip of the hand', () => {
  it.each([
    ['schmit', 'schmidt', true],
    ['schmiddt', 'schmidt', true],
    ['schmitd', 'schmidt', true],
    ['schmidd', 'schmidt', true],
    ['smidt', 'schmidt', false],
    ['ada', 'adas', true],
    ['same', 'same', true],
    ['abcd', 'badc', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(differByASlip(one, other)).toBe(expected);
    expect(differByASlip(other, one)).toBe(expected);
  });

  it('leaves what both have in common', () => {
    expect(slipsOf('anna')).toEqual(['nna', 'ana', 'ann']);
    expect(slipsOf('ada')).toEqual([]);
  });

  it.each([
    [' hanna berg', ['hana', 'berg'], true],
    [' hanna berg', ['brg'], false],
    [' hanna berg', ['bergg', 'ha'], true],
    [' hanna berg', ['hana', 'berlin'], false],
  ])('%s · %s', (name, asked, expected) => {
    expect(areAlike(name, asked)).toBe(expected);
  });
});
