import type { CastPost } from './post.js';

/** The last two months, up to this morning. */
export const AUTUMN: CastPost[] = [
  {
    by: 'Emil',
    when: '7w sun 19:20',
    audience: 'public',
    title: 'Station 412',
    content:
      'A platform, one lamp, and a stationmaster who still waves at every train. I stayed for two of them. #stations',
    photos: [
      {
        scene: 'mountains',
        light: 'night',
        seed: 8,
        alt: 'Blue mountains, one behind the other, under a full moon.',
      },
    ],
    likedBy: ['Ada', 'Bruno', 'Fumiko', 'Hanna'],
    comments: [{ by: 'Fumiko', content: 'Two! You’re getting restless.' }],
  },
  {
    by: 'Kofi',
    when: '6w sat 17:40',
    audience: 'public',
    content:
      'The long table for the club house is done. Twelve people can dance on it. I know because they did.',
    photos: [
      { scene: 'planks', seed: 8, shape: 'panorama', alt: 'The top of a long wooden table.' },
    ],
    likedBy: ['Bruno', 'Jamila', 'Goran', 'Iker'],
    comments: [
      { by: 'Bruno', content: 'As a bridge builder, I approve of the joints.', likedBy: ['Kofi'] },
      { by: 'Iker', content: 'As one of the twelve, so do I.', likedBy: ['Kofi', 'Bruno', 'Ada'] },
    ],
  },
  {
    by: 'Bruno',
    when: '6w thu 18:05',
    audience: 'public',
    title: 'Kite day',
    content:
      'Sunday at ten on the big meadow. Bring string, a sandwich and no expectations. @Ada has the key to the shed. #kites',
    photos: [{ scene: 'kites', alt: 'Three kites, red, green and yellow, over a sandy hill.' }],
    likedBy: ['Ada', 'Emil', 'Kofi', 'Dilara', 'Hanna'],
    comments: [
      {
        by: 'Ada',
        content: 'Shed opens at half past nine. There are spare kites from last year.',
        replies: [
          { by: 'Bruno', content: 'You are the wind beneath our wings.', likedBy: ['Ada', 'Emil'] },
          { by: 'Emil', content: 'I shall come by the 9:12.' },
        ],
      },
    ],
  },
  { by: 'Emil', when: '6w fri 08:10', audience: 'followers', shares: 'Kite day' },
  {
    by: 'Nour',
    when: '6w fri 21:15',
    audience: 'public',
    content:
      'سماء الليلة. خرجت لأرمي القمامة وعدت بعد ساعة.\n\nWent out to take the rubbish down. Came back an hour later.',
    photos: [
      {
        scene: 'aurora',
        light: 'night',
        seed: 24,
        alt: 'Ribbons of green light over dark hills and spruces.',
      },
      {
        scene: 'town',
        light: 'dusk',
        shape: 'tall',
        seed: 9,
        alt: 'A street of narrow houses with lit windows in the evening.',
      },
    ],
    comments: [
      { by: 'Chidi', content: 'I saw it from the bakery door! We were two.', likedBy: ['Nour'] },
    ],
  },
  {
    by: 'Goran',
    when: '5w sat 16:50',
    audience: 'followers',
    content: 'We lost 7:2, and they were so proud of the two that nobody minded the seven.',
    likedBy: ['Ada', 'Iker'],
    comments: [{ by: 'Iker', content: 'That second goal though.' }],
  },
  {
    by: 'Kasia',
    when: '5w sun 15:30',
    audience: 'public',
    content: 'Sto kilometrów i jeden sernik. Albo odwrotnie. #rower',
    photos: [
      {
        scene: 'fields',
        light: 'gold',
        shape: 'panorama',
        seed: 26,
        alt: 'Golden hills with small farms in the evening.',
      },
      {
        scene: 'wood',
        light: 'gold',
        shape: 'square',
        seed: 7,
        alt: 'A dark spruce wood against an orange sky.',
      },
    ],
  },
  {
    by: 'Chidi',
    when: '4w sat 03:05',
    audience: 'public',
    content:
      'Three in the morning, the first loaf of the new starter. She is called Marguerite, and she’s hungry. #sourdough',
    photos: [{ scene: 'bread', alt: 'A round loaf of bread with three cuts on a wooden table.' }],
    likedBy: ['Ada', 'Hanna', 'Lucía', 'Jamila'],
    comments: [
      { by: 'Hanna', content: 'Is there a loaf with my name on it?' },
      { by: 'Lucía', content: 'Asking for the same reason.' },
    ],
  },
  {
    by: 'Ada',
    when: '4w tue 22:00',
    audience: 'unlisted',
    title: 'Notes for the key rota',
    content:
      'Monday: Ada. Tuesday: choir, so whoever sings last. Wednesday: nobody, please let the house rest. If you lose the key, it’s under the thing we agreed on.',
    likedBy: [],
  },
  {
    by: 'Dilara',
    when: '3w fri 13:15',
    audience: 'followers',
    content: 'Passed the exam. I’m not going to say more, I’m going to sleep until Thursday.',
    likedBy: ['Hanna'],
    comments: [{ by: 'Hanna', content: 'I knew it! Sleep well.' }],
  },
  {
    by: 'Hanna',
    when: '3w mon 19:00',
    audience: 'public',
    title: 'Choir, first rehearsal',
    content:
      'Tuesday at seven. We need two basses and somebody who can count to eight. @Ada sings already, @Goran shouts anyway. #choir',
    photos: [{ scene: 'choir', alt: 'Five singers in bright clothes on a dark stage.' }],
    likedBy: ['Ada', 'Dilara', 'Fumiko', 'Chidi', 'Lucía'],
    comments: [
      {
        by: 'Fumiko',
        content: 'I can count to nineteen, in both directions.',
        likedBy: ['Hanna', 'Ada', 'Goran'],
      },
      { by: 'Goran', content: 'I’ve no voice left. Will that do for a bass?' },
      { by: 'Nour', content: 'هل تقبلون من يغني في الحمّام فقط؟' },
    ],
  },
  {
    by: 'Fumiko',
    when: '2w sun 16:45',
    audience: 'public',
    content: '紅葉。写真では足りない。',
    photos: [
      {
        scene: 'lake',
        light: 'gold',
        shape: 'square',
        seed: 19,
        alt: 'A lake in golden light, wooded shores mirrored in it.',
      },
      {
        scene: 'flowers',
        shape: 'portrait',
        seed: 4,
        alt: 'Late flowers in pink, violet and orange.',
      },
      {
        scene: 'leaves',
        shape: 'square',
        seed: 27,
        alt: 'Leaves in every green there is.',
      },
    ],
    comments: [
      {
        by: 'Hanna',
        content: 'Same lake, my side:',
        photo: {
          scene: 'lake',
          light: 'dusk',
          seed: 33,
          alt: 'The lake at dusk, seen from the other shore.',
        },
        likedBy: ['Fumiko', 'Emil'],
      },
    ],
  },
  {
    by: 'Ada',
    when: '1w wed 20:10',
    audience: 'chosen',
    chosen: ['Bruno', 'Hanna'],
    content: 'Between us three: the surprise for Emil is on Friday. Not a word at the station.',
    likedBy: ['Bruno', 'Hanna'],
  },
  {
    by: 'Lucía',
    when: '2w sat 12:30',
    audience: 'public',
    content:
      'Sand number 61: from the old harbour. Mostly quartz, a little glass, one tiny button.',
    photos: [
      { scene: 'harbour', alt: 'A red sailing boat with white sails on blue water at sunset.' },
    ],
    likedBy: ['Hanna', 'Chidi', 'Goran'],
  },
  {
    by: 'Emil',
    when: '1w fri 22:30',
    audience: 'public',
    content:
      'They met me on platform 2 with a cake in the shape of a locomotive. I have no words, so here is a photo of the next best thing. Thank you, @Ada, @Bruno and @Hanna. #stations',
    photos: [
      {
        scene: 'station',
        light: 'dawn',
        shape: 'landscape',
        seed: 28,
        alt: 'A railway line towards a pink sunrise.',
      },
    ],
    likedBy: ['Ada', 'Bruno', 'Hanna', 'Fumiko', 'Kofi', 'Mathilde', 'Chidi'],
    comments: [
      { by: 'Bruno', content: 'The buffers were marzipan. I checked the load.', likedBy: ['Emil'] },
      { by: 'Mathilde', content: 'Bon anniversaire, chef de gare !' },
    ],
  },
  {
    by: 'Jamila',
    when: '1w thu 21:50',
    audience: 'followers',
    content:
      'الليلة أصلحنا راديو قديمًا، وأول ما سمعناه كان أغنية جدتي المفضلة.\n\nWe fixed an old radio tonight, and the first thing it played was my grandmother’s favourite song.',
    likedBy: ['Chidi'],
    comments: [{ by: 'Chidi', content: 'Some things are only waiting.' }],
  },
  {
    by: 'Iker',
    when: '1w sun 11:40',
    audience: 'public',
    content: 'Half marathon: done. Knees: negotiating. Thank you, Tuesday people. #running',
    likedBy: ['Hanna', 'Kofi', 'Kasia', 'Ada', 'Goran'],
    comments: [{ by: 'Kasia', content: 'Szacun! 👏' }],
  },
  {
    by: 'Ada',
    when: '0w sun 10:05',
    audience: 'public',
    title: 'The first honey',
    before: {
      content:
        'Thirty jars this year! The bees did the work, I only carried it. First come, first served, bring an empty jar. #honey #bees',
      minutes: 95,
    },
    content:
      'Forty jars this year! (I’d miscounted; there was a box under the stairs.) The bees did the work, I only carried it. First come, first served, bring an empty jar. #honey #bees',
    photos: [
      {
        scene: 'hives',
        light: 'gold',
        seed: 2,
        alt: 'Three yellow bee hives on a green meadow under the sun.',
      },
      { scene: 'bee', alt: 'A bee flies by.' },
    ],
    likedBy: ['Bruno', 'Chidi', 'Emil', 'Hanna', 'Jamila', 'Goran', 'Nour'],
    comments: [
      {
        by: 'Chidi',
        content: 'A jar for a loaf?',
        likedBy: ['Ada', 'Hanna'],
        replies: [{ by: 'Ada', content: 'Two jars for Marguerite’s first.' }],
      },
      { by: 'Jamila', content: 'Keep one for the ward, please!' },
    ],
  },
  {
    by: 'Hanna',
    when: '0w sun 18:20',
    audience: 'public',
    content: 'Best honey in town.',
    shares: 'The first honey',
  },
  {
    by: 'Mathilde',
    when: '0w sat 20:25',
    audience: 'public',
    content: 'Choir, mais version pont avant. Je viens mardi !',
    shares: 'Choir, first rehearsal',
  },
  {
    by: 'Ada',
    when: '50h',
    audience: 'public',
    content:
      'The lantern walk is on Friday, and I have more children than jam jars. Who has some to spare? #lanterns',
    likedBy: ['Bruno', 'Hanna', 'Nour'],
    comments: [
      { by: 'Chidi', content: 'A crate of them, behind the bakery. Take all.', likedBy: ['Ada'] },
    ],
  },
  {
    by: 'Kofi',
    when: '46h',
    audience: 'public',
    content:
      'Twelve sticks for twelve lanterns, sanded, so that nobody goes home with a splinter. #lanterns',
    likedBy: ['Ada', 'Bruno', 'Iker'],
  },
  {
    by: 'Hanna',
    when: '34h',
    audience: 'public',
    content: 'Mine looks like a potato with a candle in it. It’s meant to be a moon. #lanterns',
    likedBy: ['Ada', 'Fumiko', 'Chidi'],
    comments: [{ by: 'Fumiko', content: 'A very good potato.', likedBy: ['Hanna'] }],
  },
  {
    by: 'Kasia',
    when: '30h',
    audience: 'public',
    content: 'Pierwszy śnieg na przełęczy. Rower idzie spać, narty budzą się same. #firstsnow',
    photos: [
      {
        scene: 'winter',
        light: 'day',
        shape: 'landscape',
        seed: 12,
        alt: 'Snowy hills with spruces and a small cabin under a blue sky.',
      },
      {
        scene: 'winter',
        light: 'dusk',
        shape: 'portrait',
        seed: 5,
        alt: 'The same hills in the evening; a window is lit.',
      },
    ],
    comments: [{ by: 'Iker', content: 'Already?! I’ve only just found my shorts.' }],
  },
  {
    by: 'Emil',
    when: '28h',
    audience: 'public',
    content:
      'Station 415 was white before I got there. The train brought the only footprints. #firstsnow',
    likedBy: ['Ada', 'Mathilde', 'Fumiko'],
  },
  {
    by: 'Bruno',
    when: '26h',
    audience: 'public',
    content:
      'Inspected forty-one bolts today. Forty were perfect. I’ve given the forty-first a name and a deadline.',
    likedBy: ['Ada', 'Kofi', 'Emil'],
    comments: [{ by: 'Kofi', content: 'What’s it called?' }],
  },
  {
    by: 'Mathilde',
    when: '22h',
    audience: 'public',
    content: 'Première neige sur le port. Les mouettes ont l’air vexées. #firstsnow',
    likedBy: ['Lucía', 'Emil'],
  },
  {
    by: 'Iker',
    when: '20h',
    audience: 'public',
    content: 'Elurra! I’ve found my shorts, now I need everything else. #firstsnow',
    likedBy: ['Kasia', 'Goran', 'Kofi'],
    comments: [{ by: 'Kasia', content: 'Told you.', likedBy: ['Iker'] }],
  },
  {
    by: 'Chidi',
    when: '9h',
    audience: 'public',
    content: 'Cinnamon rolls are out. There are twenty-four. Correction: twenty-three. #bakery',
    photos: [
      {
        scene: 'cups',
        shape: 'landscape',
        seed: 9,
        alt: 'Two cups of tea and a row of small round pastries on a cloth.',
      },
    ],
    likedBy: ['Hanna', 'Lucía', 'Nour', 'Ada'],
    comments: [{ by: 'Nour', content: 'Twenty-two. Sorry, not sorry.', likedBy: ['Chidi'] }],
  },
  {
    by: 'Fumiko',
    when: '4h',
    audience: 'public',
    content:
      'Translating a poem about rain, while it rains. The poem is drier. Any good English word for the smell afterwards that isn’t “petrichor”? #words',
    likedBy: ['Hanna', 'Emil'],
    comments: [
      { by: 'Hanna', content: 'In German we just breathe in very loudly.', likedBy: ['Fumiko'] },
      { by: 'Lucía', content: 'Geologists call it “finally”.' },
    ],
  },
  {
    by: 'Hanna',
    when: '90m',
    audience: 'followers',
    content: 'Tonight’s plan: soup, crossword, nobody. In that order.',
    likedBy: ['Chidi', 'Ada'],
  },
  {
    by: 'Lucía',
    when: '40m',
    audience: 'public',
    content:
      '¿Alguien tiene una lupa que me preste hasta el lunes? La mía se la ha llevado una ola.',
    photos: [
      {
        scene: 'jars',
        shape: 'landscape',
        seed: 8,
        alt: 'Three shelves of jars with sand, from white to dark red.',
      },
    ],
    likedBy: ['Chidi'],
    comments: [{ by: 'Fumiko', content: 'I’ve got one for stamps. Come by!' }],
  },
];
