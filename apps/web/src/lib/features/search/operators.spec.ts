import { narrowingsOf, NO_OPERATORS, withOperators } from './operators.ts';

it.each([
  ['honey jars', {}, 'honey jars'],
  ['honey', { from: '@ada' }, 'from:@ada honey'],
  [
    'honey',
    { from: 'Ada "the bee" Okafor', hasImage: true },
    'from:"Ada the bee Okafor" has:image honey',
  ],
  [
    'from:bruno honey',
    { in: 'Bee club', after: '2026-01-31' },
    'in:"Bee club" after:2026-01-31 honey',
  ],
  ['"wild honey" #bees before:2026-02-01', {}, '"wild honey" #bees'],
  ['has:video honey', {}, 'has:video honey'],
  ['from: honey', { from: ' ' }, 'honey'],
])('%s with %j', (q, operators, expected) => {
  expect(withOperators(q, { ...NO_OPERATORS, ...operators })).toBe(expected);
});

it('each operator has a way to be rid of it, and the others stay', () => {
  expect(narrowingsOf('from:ada in:"Bee club" honey has:photo')).toEqual([
    { name: 'from', value: 'ada', without: 'in:"Bee club" has:image honey' },
    { name: 'in', value: 'Bee club', without: 'from:ada has:image honey' },
    { name: 'hasImage', value: true, without: 'from:ada in:"Bee club" honey' },
  ]);
  expect(narrowingsOf('"from: me" honey')).toEqual([]);
});
