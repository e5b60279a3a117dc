import type { Scene } from './scenery.js';

export interface CastPost {
  by: string;
  audience: 'public' | 'followers' | 'chosen' | 'unlisted';
  /** First names, for the audience `chosen` */
  chosen?: string[];
  title?: string;
  /** `@Name` mentions a member of the cast */
  content?: string;
  pictures?: { scene: Scene | 'bee'; alt: string }[];
  likedBy?: string[];
  comments?: { by: string; content: string; replies?: { by: string; content: string }[] }[];
  /** Passes on the post with this title */
  shares?: string;
}

/** What the cast has been saying, oldest first. */
export const CAST_POSTS: CastPost[] = [
  {
    by: 'Emil',
    audience: 'public',
    title: 'Station 412',
    content:
      'A platform, one lamp, and a stationmaster who still waves at every train. I stayed for two of them. #stations',
    pictures: [{ scene: 'night', alt: 'Blue mountains under a full moon and many stars.' }],
    likedBy: ['Ada', 'Bruno', 'Fumiko', 'Hanna'],
    comments: [{ by: 'Fumiko', content: 'Two! You are getting restless.' }],
  },
  {
    by: 'Kofi',
    audience: 'public',
    content:
      'The long table for the club house is done. Twelve people can dance on it. I know because they did.',
    likedBy: ['Bruno', 'Jamila', 'Goran', 'Iker'],
    comments: [
      { by: 'Bruno', content: 'As a bridge builder I approve of the joints.' },
      { by: 'Iker', content: 'As one of the twelve, so do I.' },
    ],
  },
  {
    by: 'Bruno',
    audience: 'public',
    title: 'Kite day',
    content:
      'Sunday at ten on the big meadow. Bring string, a sandwich and no expectations. @Ada has the key to the shed. #kites',
    pictures: [{ scene: 'kites', alt: 'Three kites, red, green and yellow, over a sandy hill.' }],
    likedBy: ['Ada', 'Emil', 'Kofi', 'Dilara', 'Hanna'],
    comments: [
      {
        by: 'Ada',
        content: 'Shed opens at half past nine. There are spare kites from last year.',
        replies: [
          { by: 'Bruno', content: 'You are the wind beneath our wings.' },
          { by: 'Emil', content: 'I shall come by the 9:12.' },
        ],
      },
    ],
  },
  {
    by: 'Goran',
    audience: 'followers',
    content: 'We lost 7:2 and they were so proud of the two that nobody minded the seven.',
    likedBy: ['Ada', 'Iker'],
    comments: [{ by: 'Iker', content: 'That second goal though.' }],
  },
  {
    by: 'Chidi',
    audience: 'public',
    content:
      'Three in the morning, the first loaf of the new starter. She is called Marguerite and she is hungry. #sourdough',
    pictures: [{ scene: 'bread', alt: 'A round loaf of bread with three cuts on a wooden table.' }],
    likedBy: ['Ada', 'Hanna', 'Lucía', 'Jamila'],
    comments: [
      { by: 'Hanna', content: 'Is there a loaf with my name on it?' },
      { by: 'Lucía', content: 'Asking for the same reason.' },
    ],
  },
  {
    by: 'Dilara',
    audience: 'followers',
    content: 'Passed the exam. I am not going to say more, I am going to sleep until Thursday.',
    likedBy: ['Hanna'],
    comments: [{ by: 'Hanna', content: 'I knew it! Sleep well.' }],
  },
  {
    by: 'Hanna',
    audience: 'public',
    title: 'Choir, first rehearsal',
    content:
      'Tuesday at seven. We need two basses and somebody who can count to eight. @Ada sings already, @Goran shouts anyway. #choir',
    pictures: [{ scene: 'choir', alt: 'Five singers in bright clothes on a dark stage.' }],
    likedBy: ['Ada', 'Dilara', 'Fumiko', 'Chidi', 'Lucía'],
    comments: [
      { by: 'Fumiko', content: 'I can count to nineteen, in both directions.' },
      { by: 'Goran', content: 'I have no voice left. Will that do for a bass?' },
    ],
  },
  {
    by: 'Ada',
    audience: 'chosen',
    chosen: ['Bruno', 'Hanna'],
    content: 'Between us three: the surprise for Emil is on Friday. Not a word at the station.',
    likedBy: ['Bruno', 'Hanna'],
  },
  {
    by: 'Lucía',
    audience: 'public',
    content:
      'Sand number 61: from the old harbour. Mostly quartz, a little glass, one tiny button.',
    pictures: [
      { scene: 'harbour', alt: 'A red sailing boat with white sails on blue water at sunset.' },
    ],
    likedBy: ['Hanna', 'Chidi', 'Goran'],
  },
  {
    by: 'Ada',
    audience: 'public',
    title: 'The first honey',
    content:
      'Forty jars this year! The bees did the work, I only carried it. First come, first served, bring an empty jar. #honey #bees',
    pictures: [
      { scene: 'meadow', alt: 'Three yellow bee hives on a green meadow under the sun.' },
      { scene: 'bee', alt: 'A bee flies by.' },
    ],
    likedBy: ['Bruno', 'Chidi', 'Emil', 'Hanna', 'Jamila', 'Goran'],
    comments: [
      {
        by: 'Chidi',
        content: 'A jar for a loaf?',
        replies: [{ by: 'Ada', content: 'Two jars for Marguerite’s first.' }],
      },
      { by: 'Jamila', content: 'Keep one for the ward, please!' },
    ],
  },
  { by: 'Hanna', audience: 'public', content: 'Best honey in town.', shares: 'The first honey' },
  { by: 'Emil', audience: 'followers', shares: 'Kite day' },
];
