import { seenBy } from './chat-words.ts';
import { ReadMarks } from './read-marks.svelte.ts';

const mark = (firstName: string, messageId: string) => ({
  user: { id: firstName, firstName } as never,
  messageId,
});

it('tells who has read a message, and never goes back', () => {
  const marks = new ReadMarks([mark('Ada', '2'), mark('Bruno', '3')]);
  const namesOf = (id: string) => marks.readersOf(id).map(({ firstName }) => firstName);
  expect(namesOf('2')).toEqual(['Ada', 'Bruno']);
  expect(namesOf('3')).toEqual(['Bruno']);
  marks.take(mark('Chidi', '3'));
  marks.take(mark('Bruno', '1'));
  expect(namesOf('3')).toEqual(['Bruno', 'Chidi']);
});

it.each([
  [['Ada'], 'Seen by Ada'],
  [['Ada', 'Bruno'], 'Seen by Ada and Bruno'],
  [['Ada', 'Bruno', 'Chidi'], 'Seen by Ada and 2 others'],
])('%j: %s', (names, said) => expect(seenBy(names.map((firstName) => ({ firstName })))).toBe(said));
