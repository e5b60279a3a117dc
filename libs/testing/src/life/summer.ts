import type { CastPost } from './post.js';

/** The months in between: everybody has come. */
export const SUMMER: CastPost[] = [
  {
    by: 'Emil',
    when: '19w sun 18:15',
    audience: 'public',
    content: 'Nádraží číslo 405. Hodiny jdou o tři minuty napřed, aby nikdo nezmeškal. #stations',
    photos: [
      {
        scene: 'station',
        light: 'gold',
        shape: 'panorama',
        seed: 15,
        alt: 'A long view of a railway line in golden evening light.',
      },
    ],
  },
  {
    by: 'Mathilde',
    when: '17w sun 21:10',
    audience: 'public',
    title: 'Carnet de bord, premier jour',
    content:
      'Partie à six heures, le vent de travers et un thermos plein. À midi, plus de terre nulle part ; à seize heures, un phare que je ne connaissais pas. On croit qu’en mer il ne se passe rien. Il se passe exactement une chose à la fois, et c’est très reposant.\n\nDemain : réparer la drisse, acheter du pain, recommencer. #voile',
    photos: [
      {
        scene: 'sea',
        light: 'dusk',
        shape: 'landscape',
        seed: 8,
        alt: 'A small sailing boat on a purple sea at sunset.',
      },
      {
        scene: 'sea',
        light: 'day',
        shape: 'tall',
        seed: 12,
        alt: 'The same boat at noon, under a wide blue sky.',
      },
      {
        scene: 'harbour',
        shape: 'square',
        alt: 'A red sailing boat with white sails in the harbour.',
      },
    ],
    likedBy: ['Lucía', 'Emil', 'Hanna', 'Ada', 'Bruno'],
    comments: [
      { by: 'Emil', content: 'One thing at a time. We’d have got on well on the night trains.' },
      { by: 'Lucía', content: '¿Me traes arena de esa playa? Con una cucharada basta.' },
    ],
  },
  {
    by: 'Dilara',
    when: '16w tue 22:40',
    audience: 'followers',
    content:
      'Sınav haftası: üç kahve, iki çay, bir umut. Kütüphanenin ışıkları söndü, biz hâlâ buradayız.',
    photos: [
      {
        scene: 'cups',
        shape: 'square',
        seed: 2,
        alt: 'Two cups of tea and a few biscuits on a checked cloth.',
      },
    ],
    likedBy: ['Hanna'],
    comments: [{ by: 'Hanna', content: 'Go home and sleep!' }],
  },
  {
    by: 'Kofi',
    when: '16w sat 14:25',
    audience: 'public',
    content:
      'To whoever left a chair with three legs at my door: it has four now. It’s waiting for you, and it’s curious.',
    likedBy: ['Bruno', 'Ada', 'Iker', 'Hanna', 'Emil'],
    comments: [
      { by: 'Iker', content: 'It was me. I was shy.', likedBy: ['Kofi', 'Ada', 'Hanna', 'Bruno'] },
    ],
  },
  {
    by: 'Chidi',
    when: '16w sun 04:50',
    audience: 'public',
    content: 'The town at ten to five. It smells of bread for exactly forty minutes. That’s me.',
    photos: [
      {
        scene: 'town',
        light: 'night',
        shape: 'landscape',
        seed: 5,
        alt: 'Roofs of a town at night with many lit windows under the moon.',
      },
    ],
  },
  {
    by: 'Kasia',
    when: '14w fri 20:00',
    audience: 'public',
    content:
      'Cześć wszystkim! Jestem tu od tygodnia i już wiem, gdzie jest najlepszy chleb, najlepszy miód i najgorsze wzgórze na rower. #rower',
    likedBy: ['Chidi', 'Ada', 'Iker'],
    comments: [
      { by: 'Iker', content: 'The hill behind the school? We call it “the teacher”.' },
      { by: 'Ada', content: 'Welcome! Translated it; blushing about the honey.' },
    ],
  },
  {
    by: 'Fumiko',
    when: '13w sat 09:30',
    audience: 'public',
    content:
      'Plant number 31 has opened its first leaf. Plants 1 to 30 are pretending not to be jealous.',
    photos: [
      {
        scene: 'leaves',
        shape: 'portrait',
        seed: 11,
        alt: 'Many green leaves with pale veins, seen from close by.',
      },
    ],
    comments: [{ by: 'Hanna', content: 'Number 12 told me otherwise.' }],
  },
  {
    by: 'Iker',
    when: '12w tue 21:20',
    audience: 'public',
    content: 'Gaur hamar kilometro, eta bi igel. Igelek irabazi dute. #running',
    photos: [
      {
        scene: 'wood',
        light: 'mist',
        shape: 'tall',
        seed: 5,
        alt: 'Spruces one behind the other in morning fog.',
      },
    ],
  },
  {
    by: 'Nour',
    when: '11w thu 19:45',
    audience: 'public',
    content:
      'وصلت أمس إلى المدينة، واليوم عرفت ثلاثة جيران ومخبزًا واحدًا. يبدو أن هذا المكان سيعجبني. #أهلا',
    likedBy: ['Chidi', 'Hanna', 'Ada', 'Mathilde'],
    comments: [
      { by: 'Chidi', content: 'أهلًا وسهلًا! The first loaf is on the house.' },
      { by: 'Hanna', content: 'Welcome, Nour! Choir is on Tuesdays, no audition.' },
    ],
  },
  {
    by: 'Lucía',
    when: '10w sun 18:00',
    audience: 'public',
    content: 'Fieldwork, day six. Nothing here is younger than ninety million years, except lunch.',
    photos: [
      {
        scene: 'mountains',
        light: 'dawn',
        seed: 13,
        alt: 'Ridge behind ridge of pale mountains at dawn.',
      },
      {
        scene: 'mountains',
        light: 'dusk',
        shape: 'panorama',
        seed: 18,
        alt: 'The same mountains in the evening, dark and violet.',
      },
      {
        scene: 'dunes',
        light: 'day',
        shape: 'square',
        seed: 2,
        alt: 'Bright dunes under a blue sky.',
      },
      {
        scene: 'aurora',
        light: 'night',
        shape: 'portrait',
        seed: 6,
        alt: 'Green and violet light in the night sky over black hills.',
      },
    ],
    likedBy: ['Hanna', 'Chidi', 'Mathilde', 'Emil', 'Fumiko', 'Nour'],
    comments: [
      { by: 'Emil', content: 'Is there a station nearby?' },
      {
        by: 'Mathilde',
        content: 'La quatrième photo, mon Dieu.',
        likedBy: ['Lucía', 'Nour'],
      },
    ],
  },
  {
    by: 'Goran',
    when: '10w sat 19:10',
    audience: 'followers',
    content:
      'Twenty-two children, one ball, and somehow three of them were facing the wrong way on purpose. Proud of every single one.',
    likedBy: ['Ada', 'Iker'],
  },
  {
    by: 'Hanna',
    when: '9w wed 20:35',
    audience: 'public',
    content:
      'Das Cello ist zurück von der Reparatur und klingt, als hätte es Urlaub gemacht. Ich übe jetzt Bach, die Nachbarn üben Geduld. #cello',
    comments: [{ by: 'Fumiko', content: 'お隣さんにお菓子を。' }],
  },
  {
    by: 'Mathilde',
    when: '8w sat 08:15',
    audience: 'public',
    content: 'Marée basse.',
    photos: [
      {
        scene: 'sea',
        light: 'mist',
        shape: 'panorama',
        seed: 3,
        alt: 'A pale sea and a pale sky, hardly to be told apart.',
      },
    ],
  },
];
