import type { CastPhoto, When } from './post.js';

export interface CastMessage {
  by: string;
  when: When;
  content?: string;
  photo?: CastPhoto;
  /** Emoji, by first names */
  reactions?: Record<string, string>;
  /** Which message of this chat it answers: 0 is the first */
  answers?: number;
}

/** Messages in the order of time. Those who write have read what was there. */
export interface CastChat {
  /** The title of a group, or two people, the first of whom begins */
  in: string | [string, string];
  messages: CastMessage[];
  /** Who has looked at all of it since; the others only at what came before their last message */
  readBy: string[];
}

export const CAST_CHATS: CastChat[] = [
  {
    in: ['Hanna', 'Ada'],
    readBy: ['Ada'],
    messages: [
      { by: 'Hanna', when: '2w thu 18:40', content: 'Do you still have my scarf? The green one.' },
      {
        by: 'Ada',
        when: '2w thu 18:52',
        content: 'It’s on the hook at the club house. It has been very good at guarding the keys.',
        reactions: { Hanna: '😂' },
      },
      {
        by: 'Hanna',
        when: '2w thu 18:53',
        content: 'Leave it there then, it likes responsibility',
      },
      {
        by: 'Ada',
        when: '0w sun 16:20',
        content: 'Look who finally came out 🐝🐝🐝',
        photo: { scene: 'fields', light: 'gold', seed: 23, alt: 'A field in the evening sun' },
        reactions: { Hanna: '❤️' },
      },
      { by: 'Hanna', when: '0w sun 16:31', content: 'Oh, they’re early! Did you count?' },
      { by: 'Ada', when: '0w sun 16:33', content: 'I stopped at “a lot”.', answers: 4 },
      {
        by: 'Hanna',
        when: '0w sun 16:34',
        content:
          'That’s what you put in the book, too. Kofi showed me. Twelve entries, and every one says “a lot”, except for the one that says “not a lot :(”.',
      },
      { by: 'Ada', when: '5h', content: 'Rehearsal at half past seven or at eight today?' },
      { by: 'Hanna', when: '290m', content: 'Half past. Jamila has the early shift tomorrow.' },
      { by: 'Ada', when: '280m', content: 'Perfect. I’ll bring the keys, and the scarf.' },
      { by: 'Ada', when: '25m', content: 'Are you on your way?' },
      { by: 'Ada', when: '24m', content: 'Bring your own cup, ours are at the repair café 🫖' },
    ],
  },
  {
    in: ['Fumiko', 'Hanna'],
    readBy: ['Fumiko', 'Hanna'],
    messages: [
      {
        by: 'Fumiko',
        when: '1w tue 21:05',
        content: 'Seven letters, “it waits where two lines meet”. You’re my last hope.',
      },
      { by: 'Hanna', when: '1w tue 21:09', content: 'Do you have any of them?' },
      { by: 'Fumiko', when: '1w tue 21:09', content: '_ T _ T I _ N' },
      {
        by: 'Hanna',
        when: '1w tue 21:10',
        content: 'Fumi. You sit next to Emil every Saturday.',
        reactions: { Fumiko: '😅' },
      },
      { by: 'Fumiko', when: '1w tue 21:11', content: '…', answers: 3 },
      { by: 'Fumiko', when: '20h', content: '明日の碁、七時でいい？ Seven o’clock tomorrow?' },
      { by: 'Hanna', when: '19h', content: 'Seven is good. I’ll lose again with pleasure.' },
    ],
  },
  {
    in: ['Mathilde', 'Hanna'],
    readBy: [],
    messages: [
      {
        by: 'Mathilde',
        when: '9h',
        content:
          'Samedi, si le vent tient, je sors le bateau vers onze heures. Il y a une place pour toi et pour le violoncelle, mais pas pour les deux.',
        photo: { scene: 'sea', light: 'dawn', seed: 14, alt: 'The sea on a quiet morning' },
      },
    ],
  },
  {
    in: ['Hanna', 'Dilara'],
    readBy: ['Hanna', 'Dilara'],
    messages: [
      { by: 'Hanna', when: '3w wed 12:15', content: 'Good luck today! You know all of it.' },
      { by: 'Dilara', when: '3w wed 17:45', content: 'I PASSED 🎉🎉🎉' },
      {
        by: 'Hanna',
        when: '3w wed 17:46',
        content: 'I told you! Cake at mine?',
        reactions: { Dilara: '🍰' },
      },
    ],
  },
  {
    in: ['Kasia', 'Goran'],
    readBy: [],
    messages: [
      {
        by: 'Kasia',
        when: '11h',
        content:
          'Hello coach! My nephew is nine, new in town, and only talks about goals. Do you have room on Saturdays?',
      },
    ],
  },
  {
    in: 'Choir, altos and friends',
    readBy: ['Ada', 'Mathilde'],
    messages: [
      { by: 'Hanna', when: '0w mon 09:10', content: 'Wednesday: pages 40 to 52, and warm socks.' },
      { by: 'Chidi', when: '0w mon 09:30', content: 'I can bring the ends of the night’s baking.' },
      {
        by: 'Jamila',
        when: '0w mon 09:31',
        content: 'You’re the reason this choir has never lost a member.',
        answers: 1,
        reactions: { Hanna: '💯', Mathilde: '💯', Lucía: '🥐' },
      },
      { by: 'Mathilde', when: '0w mon 11:02', content: 'Et le chauffage, il remarche ?' },
      { by: 'Hanna', when: '0w mon 11:15', content: 'Since Friday. Kofi talked to it.' },
      {
        by: 'Ada',
        when: '7h',
        content: 'Does anybody have the page with the alto solo? Mine has jam on it.',
      },
      {
        by: 'Lucía',
        when: '6h',
        content: 'Here!',
        answers: 5,
        photo: { scene: 'choir', alt: 'Singers on a stage' },
      },
      { by: 'Chidi', when: '50m', content: 'Two loaves, one jam. Nobody gives it to Ada.' },
    ],
  },
  {
    in: 'Kite Sundays',
    readBy: ['Bruno', 'Hanna'],
    messages: [
      {
        by: 'Bruno',
        when: '1w sat 19:00',
        content: 'Forecast says four from the west. Ten o’clock?',
      },
      { by: 'Emil', when: '1w sat 19:20', content: 'The 9:12 stops at the hill. I’m on it.' },
      {
        by: 'Kofi',
        when: '1w sat 20:05',
        content: 'New reel is done. Oak. It will outlive us all.',
        reactions: { Bruno: '👏', Emil: '👏', Hanna: '😍' },
      },
    ],
  },
];
