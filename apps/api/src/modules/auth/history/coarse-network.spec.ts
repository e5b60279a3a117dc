import { coarseNetwork } from './coarse-network.js';

it.each([
  ['203.0.113.77', '203.0.113.x'],
  ['::ffff:203.0.113.77', '203.0.113.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['::1', '0:0:0::'],
  ['nothing', null],
  [undefined, null],
])('of %j only %j is kept', (address, kept) => {
  expect(coarseNetwork(address)).toBe(kept);
});
