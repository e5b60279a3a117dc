import { remembered, without } from './remembered.ts';

it('the newest stands first, once, without the blanks around it', () => {
  expect(remembered(['bees', 'Honey', 'wax'], ' honey ')).toEqual(['honey', 'bees', 'wax']);
  expect(remembered(['bees'], '  ')).toEqual(['bees']);
});

it('eight are kept', () => {
  const eight = [...'abcdefgh'];
  expect(remembered(eight, 'i')).toEqual([...'iabcdefg']);
});

it('one is erased, however it is written', () => {
  expect(without(['bees', 'Honey'], 'honey')).toEqual(['bees']);
});
