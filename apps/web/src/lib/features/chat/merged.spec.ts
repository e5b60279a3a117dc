import type { Message } from '@echomate/contracts/chat.dto';
import { completeUpTo, merged } from './merged.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

/** Sent so many seconds after the start; ids are in the order of times. */
const sentAfter = (seconds: number, content = ''): Message => ({
  id: `0198b0c4-7d1e-7aaa-8bbb-${String(seconds).padStart(12, '0')}`,
  conversationId: '0198b0c4-7d1e-7aaa-8bbb-00000000000f',
  sender: null,
  clientId: null,
  content,
  media: [],
  replyTo: null,
  reactions: [],
  isDeleted: false,
  editedAt: null,
  sentAt: new Date(START + seconds * 1000).toISOString(),
});

it('has each message once, the later word about it, in order', () => {
  const all = merged([sentAfter(1), sentAfter(5)], [sentAfter(3), sentAfter(1, 'Edited')]);
  expect(all).toEqual([sentAfter(1, 'Edited'), sentAfter(3), sentAfter(5)]);
});

describe('what is surely complete', () => {
  it('ends before the newest messages, before which pushes may have been missed', () => {
    const known = [0, 20, 60, 75, 80].map((seconds) => sentAfter(seconds));
    expect(completeUpTo(known)).toBe(known[1]!.id);
  });

  it('is what the page began with, if all is new, and nothing where there is nothing', () => {
    expect(completeUpTo([sentAfter(1), sentAfter(2)])).toBe(sentAfter(1).id);
    expect(completeUpTo([])).toBeUndefined();
  });
});
