import type { CastComment, When } from './post.js';

/** `+1w fri`: on Friday of next week, `-2w fri` of the week before last. */
export type Day = `${'+' | '-'}${number}w ${'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'}`;

/** Planned in a group, at a time when everyone named is in it. */
export interface CastEvent {
  group: string;
  by: string;
  planned: When;
  title: string;
  description?: string;
  place?: string;
  day: Day;
  from: string;
  to?: string;
  /** Going and Not going if left out */
  options?: { title: string; capacity?: number }[];
  repeats?: { how: 'weekly' | 'monthly'; until: Day };
  /** By the title of the option, soon after it was planned */
  answers: Record<string, string[]>;
  /** Of a repeated event: to the date that is next today */
  lately?: Record<string, string[]>;
  cancelled?: When;
  likedBy?: string[];
  comments?: CastComment[];
}

export const CAST_EVENTS: CastEvent[] = [
  {
    group: 'The Town Beekeepers',
    by: 'Ada',
    planned: '7w sun 18:00',
    title: 'Honey weekend',
    description: 'Two extractors, one kitchen, all hands. Bring jars, lids and an old shirt.',
    place: 'Club house, kitchen',
    day: '-6w sat',
    from: '09:00',
    to: '17:00',
    answers: { Going: ['Hanna', 'Kofi', 'Mathilde', 'Ada'], 'Not going': ['Emil'] },
    likedBy: ['Hanna', 'Kofi'],
    comments: [
      {
        by: 'Mathilde',
        content: 'I can only come after the second batch of bread, so at eleven.',
        replies: [
          { by: 'Ada', content: 'With bread, you can come whenever you like.', likedBy: ['Kofi'] },
        ],
      },
    ],
  },
  {
    group: 'The Town Beekeepers',
    by: 'Ada',
    planned: '5w mon 20:15',
    title: 'Evening at the hives',
    description: 'We look, we listen, we don’t open anything that is warm. Club house if it rains.',
    place: 'Behind the school',
    day: '-2w fri',
    from: '19:00',
    to: '20:30',
    repeats: { how: 'monthly', until: '+24w fri' },
    answers: { Going: ['Bruno', 'Hanna', 'Kofi'], 'Not going': ['Jamila'] },
    lately: { Going: ['Mathilde', 'Hanna', 'Ada'], 'Not going': ['Emil'] },
  },
  {
    group: 'The Town Beekeepers',
    by: 'Hanna',
    planned: '1w mon 19:40',
    title: 'Fetching the sugar',
    description: 'Four hundred kilos for all of us. The van takes three people and no dog.',
    place: 'Mill yard',
    day: '+1w sat',
    from: '08:30',
    to: '11:00',
    options: [
      { title: 'In the van', capacity: 3 },
      { title: 'Unloading at the club house' },
      { title: 'I only need sugar' },
    ],
    answers: {
      'In the van': ['Kofi', 'Bruno', 'Hanna', 'Emil'],
      'Unloading at the club house': ['Ada', 'Mathilde'],
      'I only need sugar': ['Jamila'],
    },
    likedBy: ['Ada', 'Jamila'],
    comments: [
      { by: 'Emil', content: 'Why Saturday? On Sunday the mill is open too, and so am I.' },
      {
        by: 'Kofi',
        content: 'On Sunday half of you fly kites. Saturday.',
        likedBy: ['Hanna', 'Bruno', 'Ada'],
        replies: [
          { by: 'Emil', content: 'A fair point, sadly.', likedBy: ['Kofi'] },
          { by: 'Hanna', content: 'Saturday it is. The dog votes against.' },
        ],
      },
    ],
  },
  {
    group: 'Kite Sundays',
    by: 'Bruno',
    planned: '8w wed 21:00',
    title: 'Kite Sunday',
    description: 'String and a sandwich. If the flag on the town hall hangs, we eat the sandwich.',
    place: 'The big meadow',
    day: '-7w sun',
    from: '10:00',
    to: '13:00',
    repeats: { how: 'weekly', until: '+9w sun' },
    answers: { Going: ['Emil', 'Dilara', 'Goran', 'Bruno'], 'Not going': ['Hanna'] },
    lately: { Going: ['Goran', 'Emil', 'Iker', 'Kofi'], 'Not going': ['Dilara'] },
    likedBy: ['Goran', 'Iker'],
    comments: [{ by: 'Goran', content: 'My daughter asks whether it can be every day.' }],
  },
  {
    group: 'Kite Sundays',
    by: 'Dilara',
    planned: '1w tue 22:10',
    title: 'Night kites, with lamps',
    description: 'Small lamps, long lines, no moon. Dress warm.',
    place: 'The hill behind the station',
    day: '+1w fri',
    from: '20:30',
    answers: { Going: ['Iker', 'Bruno', 'Dilara'], 'Not going': ['Goran', 'Ada'] },
    cancelled: '0w sun 19:00',
    comments: [
      { by: 'Ada', content: 'Friday is the hives. Could it be Thursday?' },
      {
        by: 'Iker',
        content: 'Thursday there IS a moon. I looked.',
        likedBy: ['Dilara'],
        replies: [{ by: 'Ada', content: 'Then without me, and with photos, please.' }],
      },
      {
        by: 'Dilara',
        content: 'Storm warning for the whole weekend. We try again at the next new moon.',
        likedBy: ['Bruno', 'Iker', 'Ada'],
      },
    ],
  },
  {
    group: 'Slow trains',
    by: 'Emil',
    planned: '6w sun 20:00',
    title: 'Autumn journey to the lake',
    place: 'Platform 3',
    day: '-5w sat',
    from: '08:12',
    to: '19:40',
    answers: { Going: ['Fumiko', 'Nour', 'Emil'], 'Not going': ['Lucía'] },
    comments: [{ by: 'Nour', content: 'Forty-one stops. I counted all of them.' }],
  },
  {
    group: 'Slow trains',
    by: 'Fumiko',
    planned: '2w thu 21:15',
    title: 'Winter journey, up the valley',
    description: 'Up by the 7:52, soup at the last stop, back in the dark with the lights off.',
    place: 'Platform 1',
    day: '+3w sat',
    from: '07:52',
    to: '18:30',
    options: [
      { title: 'On the 7:52' },
      { title: 'Getting on at the lake' },
      { title: 'Not this time' },
    ],
    answers: { 'On the 7:52': ['Emil', 'Fumiko'], 'Getting on at the lake': ['Nour'] },
    likedBy: ['Emil'],
    comments: [
      { by: 'Lucía', content: 'That Saturday I work. The one after?' },
      {
        by: 'Fumiko',
        content: 'The one after, the soup is closed. I asked.',
        replies: [
          {
            by: 'Lucía',
            content: 'A world without soup. I’ll swap my shift.',
            likedBy: ['Fumiko'],
          },
        ],
      },
    ],
  },
  {
    group: 'Choir, altos and friends',
    by: 'Hanna',
    planned: '9w wed 22:30',
    title: 'Rehearsal',
    place: 'School, music room',
    day: '-8w wed',
    from: '19:45',
    to: '21:45',
    repeats: { how: 'weekly', until: '+12w wed' },
    answers: { Going: ['Ada', 'Jamila', 'Lucía', 'Hanna'], 'Not going': ['Chidi'] },
    lately: { Going: ['Mathilde', 'Ada', 'Jamila'], 'Not going': ['Lucía'] },
  },
  {
    group: 'Choir, altos and friends',
    by: 'Hanna',
    planned: '2w mon 20:05',
    title: 'Concert in the old mill',
    description: 'Doors at seven, we sing at half past. Black and one colour.',
    place: 'Old mill',
    day: '+4w sun',
    from: '18:00',
    to: '21:00',
    options: [{ title: 'Singing' }, { title: 'Listening', capacity: 40 }, { title: 'Not going' }],
    answers: { Singing: ['Ada', 'Jamila', 'Mathilde', 'Hanna'], Listening: ['Chidi'] },
    likedBy: ['Jamila', 'Lucía', 'Ada'],
    comments: [
      {
        by: 'Jamila',
        content: 'Which colour? Last time we were a box of crayons.',
        likedBy: ['Ada', 'Mathilde'],
        replies: [{ by: 'Hanna', content: 'A box of crayons that sang in tune.' }],
      },
    ],
  },
];
