import { byteRangeOf } from './byte-range.js';

describe('a Range header, of a file of 10 bytes', () => {
  it.each([
    ['bytes=0-3', { first: 0, last: 3 }],
    ['bytes=4-', { first: 4, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=9-9', { first: 9, last: 9 }],
    ['bytes=5-999999999999999999999999', { first: 5, last: 9 }],
    ['BYTES=0-0', { first: 0, last: 0 }],
  ])('asks for a part: %s', (header, range) => {
    expect(byteRangeOf(header, 10)).toEqual(range);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0', 'bytes=99999999999999999999999-'])(
    'asks for what is not there: %s',
    (header) => {
      expect(byteRangeOf(header, 10)).toBe('unsatisfiable');
    },
  );

  it.each([
    undefined,
    '',
    'bytes=9-1',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=0-1,4-5',
    'bytes=--1',
    'bytes=0x1-3',
    'bytes 0-3',
    'lines=0-3',
    'bytes=0-3; drop',
  ])('is ignored: %s', (header) => {
    expect(byteRangeOf(header, 10)).toBeNull();
  });

  it('asks for nothing of an empty file', () => {
    expect(byteRangeOf('bytes=0-0', 0)).toBe('unsatisfiable');
    expect(byteRangeOf('bytes=-1', 0)).toBe('unsatisfiable');
  });
});
