import type { UserCard } from '@echomate/contracts/users.dto';
import { beginningOf, partsOf } from './text-parts.ts';

const ada: UserCard = {
  id: '0190a5b4-0000-7000-8000-00000000000a',
  handle: 'ada',
  firstName: 'Ada',
  lastName: 'Okafor',
  nickname: null,
  avatar: null,
  visibility: 'public',
};
const text = (said: string) => ({ kind: 'text', text: said });
const link = (href: string) => ({ kind: 'link', text: href, href });

test('finds mentions, hashtags and addresses between the words', () => {
  expect(partsOf(`Hi @${ada.id}, #Honey at https://bees.example/a?b=1#c!`, [ada])).toEqual([
    text('Hi '),
    { kind: 'mention', user: ada },
    text(', '),
    { kind: 'hashtag', text: '#Honey', tag: 'honey' },
    text(' at '),
    link('https://bees.example/a?b=1#c'),
    text('!'),
  ]);
});

test('an id that stands for nobody known is still a mention, without a name', () => {
  expect(partsOf(`@${ada.id}`, [])).toEqual([{ kind: 'mention', user: null }]);
});

test.each(['no#tag', '#1234', '##twice', 'a@b.example', '&#x41;', '#', '@ada'])(
  'leaves %s as it is',
  (plain) => {
    expect(partsOf(plain, [])).toEqual([text(plain)]);
  },
);

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'https://'])(
  'never links %s',
  (plain) => {
    expect(partsOf(plain, []).every(({ kind }) => kind === 'text')).toBe(true);
  },
);

test('markup stays text', () => {
  expect(partsOf('<img src=x onerror=alert(1)>', [])).toEqual([
    text('<img src=x onerror=alert(1)>'),
  ]);
});

test('brackets around an address are not part of it, brackets inside are', () => {
  expect(partsOf('(https://a.example)', [])).toEqual([
    text('('),
    link('https://a.example'),
    text(')'),
  ]);
  expect(partsOf('https://a.example/b_(c)', [])).toEqual([link('https://a.example/b_(c)')]);
});

test('a hashtag in another script and one that is too long', () => {
  expect(partsOf('#蜂蜜', [])).toEqual([{ kind: 'hashtag', text: '#蜂蜜', tag: '蜂蜜' }]);
  const long = `#${'a'.repeat(51)}`;
  expect(partsOf(long, [])).toEqual([text(long)]);
});

test('a long text begins with whole words', () => {
  expect(beginningOf('short')).toBeNull();
  const beginning = beginningOf('honey '.repeat(300))!;
  expect(beginning.length).toBeLessThan(610);
  expect(beginning).toMatch(/honey …$/);
  expect(beginningOf('line\n'.repeat(40))!.split('\n')).toHaveLength(12);
});
