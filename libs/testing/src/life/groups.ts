import type { CastPhoto, CastPost, When } from './post.js';

export interface CastGroup {
  title: string;
  description: string;
  by: string;
  when: When;
  banner?: Omit<CastPhoto, 'alt'>;
  /** Invited by the founder; who names others has been invited by them */
  invited: (string | { who: string; by: string })[];
  /** Asked with these words and were let in */
  asked?: { who: string; words: string }[];
  /** Wait for an answer today */
  asks?: { who: string; words: string }[];
  invites?: { who: string; by: string; words: string }[];
}

export const CAST_GROUPS: CastGroup[] = [
  {
    title: 'The Town Beekeepers',
    description:
      'Swarms, honey, and who lends whom an extractor. We meet on the first Friday of the month, at the hives if it’s dry and in the club house if it isn’t.',
    by: 'Ada',
    when: '26w tue 19:10',
    banner: { scene: 'fields', light: 'gold', seed: 12 },
    invited: ['Bruno', 'Hanna', { who: 'Emil', by: 'Hanna' }, 'Jamila'],
    asked: [
      { who: 'Kofi', words: 'I build hives. I would like to know what happens in them.' },
      { who: 'Mathilde', words: 'Two colonies on the roof of the bakery since April.' },
    ],
    asks: [{ who: 'Iker', words: 'Is there room for somebody who is mostly here for the honey?' }],
  },
  {
    title: 'Kite Sundays',
    description:
      'The big meadow, ten o’clock, string and a sandwich. Children welcome, wind required.',
    by: 'Bruno',
    when: '20w sun 21:00',
    banner: { scene: 'kites', seed: 3 },
    invited: ['Ada', 'Emil', 'Kofi', 'Dilara', { who: 'Iker', by: 'Dilara' }, 'Hanna'],
    asked: [{ who: 'Goran', words: 'My daughter made me ask.' }],
    invites: [
      { who: 'Kasia', by: 'Ada', words: 'You have the best hill in town behind your house.' },
    ],
  },
  {
    title: 'Slow trains',
    description:
      'For people who take the one that stops everywhere. Station photos, timetables worth framing, and a journey together each season.',
    by: 'Emil',
    when: '15w thu 20:30',
    banner: { scene: 'mountains', light: 'dusk', seed: 2 },
    invited: ['Fumiko', 'Lucía', { who: 'Nour', by: 'Fumiko' }],
  },
  {
    title: 'Choir, altos and friends',
    description: 'Rehearsals on Wednesdays. Scores, lifts home, and arguments about the tempo.',
    by: 'Hanna',
    when: '30w wed 22:15',
    invited: ['Ada', 'Jamila', 'Mathilde', { who: 'Lucía', by: 'Ada' }, 'Chidi'],
  },
];

/** What was written in them. */
export const GROUP_POSTS: CastPost[] = [
  {
    by: 'Ada',
    when: '8w sat 09:20',
    audience: 'group',
    group: 'The Town Beekeepers',
    title: 'Who needs the extractor in the next weeks?',
    content:
      'It’s clean, it’s at my place, and it takes two to carry. Write a day below and I’ll keep the list. #honey',
    likedBy: ['Hanna', 'Bruno', 'Kofi'],
    comments: [
      { by: 'Mathilde', content: 'Tuesday, if nobody minds flour on it.', likedBy: ['Ada'] },
      {
        by: 'Jamila',
        content: 'The weekend after. I’ll bring the second pair of hands.',
        replies: [
          { by: 'Ada', content: 'Bring the lid you borrowed in June, too.', likedBy: ['Jamila'] },
        ],
      },
    ],
  },
  {
    by: 'Kofi',
    when: '3w sun 16:45',
    audience: 'group',
    group: 'The Town Beekeepers',
    content:
      'Winter roofs for six hives, larch, screwed and not nailed. They’re in the shed. Take what you need.',
    photos: [{ scene: 'planks', seed: 11, alt: 'Planks of light wood, side by side.' }],
    likedBy: ['Ada', 'Hanna', 'Mathilde', 'Emil'],
    comments: [{ by: 'Hanna', content: 'Two for me. You’re a treasure.' }],
  },
  {
    by: 'Bruno',
    when: '1w fri 18:30',
    audience: 'group',
    group: 'Kite Sundays',
    title: 'Wind on Sunday: four, from the west',
    content:
      'Enough for the big one. @Emil, bring the gloves. Anyone who lets go of the line buys the coffee.',
    likedBy: ['Emil', 'Dilara', 'Iker', 'Goran'],
    comments: [
      {
        by: 'Goran',
        content: 'My daughter has packed since Wednesday.',
        likedBy: ['Bruno', 'Ada'],
      },
      { by: 'Dilara', content: 'It was once. ONE time.', likedBy: ['Iker', 'Bruno'] },
    ],
  },
  {
    by: 'Fumiko',
    when: '4w mon 21:10',
    audience: 'group',
    group: 'Slow trains',
    content:
      'Proposal for the winter journey: up the valley by the 7:52, soup at the last stop, back in the dark with the lights off. #stations',
    likedBy: ['Emil', 'Lucía', 'Nour'],
    comments: [
      { by: 'Emil', content: 'The 7:52 has the old windows that open. Yes.', likedBy: ['Fumiko'] },
      { by: 'Nour', content: 'I’ll ask the driver about the lights.' },
    ],
  },
  {
    by: 'Hanna',
    when: '20h',
    audience: 'group',
    group: 'Choir, altos and friends',
    content: 'Wednesday we start with page 40. Those who were away: it is slower than you think.',
    likedBy: ['Ada', 'Lucía'],
    comments: [
      { by: 'Jamila', content: 'It is slower than ANYONE thinks.', likedBy: ['Hanna', 'Ada'] },
    ],
  },
  {
    by: 'Emil',
    when: '5h',
    audience: 'group',
    group: 'Kite Sundays',
    content: 'Found after last Sunday: one glove, left, blue. One sandwich, also blue by now.',
    likedBy: ['Bruno', 'Ada'],
  },
];
