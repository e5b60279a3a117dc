import type { Message } from '@echomate/contracts/chat.dto';
import { placesOf } from './runs.ts';

const message = (id: string, by: string, minute: number) =>
  ({ id, sender: { id: by }, sentAt: new Date(minute * 60_000).toISOString() }) as Message;

it('messages of one person without a pause belong together', () => {
  const places = placesOf(
    [
      message('1', 'ada', 0),
      message('2', 'ada', 4),
      message('3', 'ada', 10),
      message('4', 'bruno', 11),
    ],
    new Set(),
  );
  expect(places).toEqual([
    { isFirst: true, isLast: false },
    { isFirst: false, isLast: true },
    { isFirst: true, isLast: true },
    { isFirst: true, isLast: true },
  ]);
});

it('not across a day, or the mark of what is new', () => {
  const places = placesOf([message('1', 'ada', 0), message('2', 'ada', 1)], new Set(['2']));
  expect(places.map(({ isFirst }) => isFirst)).toEqual([true, true]);
});
