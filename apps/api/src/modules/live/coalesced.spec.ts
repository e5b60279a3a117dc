import { jest } from '@jest/globals';
import { Coalesced } from './coalesced.js';

describe('coalesced work', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is done soon, then once in a while with all that was asked meanwhile, then not at all', () => {
    const done: [string, string[]][] = [];
    const work = new Coalesced<string>({ soonMs: 100, everyMs: 1000 }, (key, details) =>
      done.push([key, [...details]]),
    );
    for (let at = 0; at < 50; at++) work.add('post', 'like');
    work.add('other', 'like');
    expect(done).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(done).toEqual([
      ['post', ['like']],
      ['other', ['like']],
    ]);
    for (let at = 0; at < 900; at++) {
      work.add('post', at % 2 ? 'like' : 'comment');
      jest.advanceTimersByTime(1);
    }
    expect(done).toHaveLength(2);
    jest.advanceTimersByTime(100);
    expect(done.slice(2)).toEqual([['post', ['comment', 'like']]]);
    jest.advanceTimersByTime(5000);
    expect(done).toHaveLength(3);
    expect(jest.getTimerCount()).toBe(0);
    work.add('post', 'like');
    work.close();
    jest.advanceTimersByTime(5000);
    expect(done).toHaveLength(3);
  });
});
