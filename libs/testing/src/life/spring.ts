import type { CastPost } from './post.js';

/** The first months: few people, and everything is new. */
export const SPRING: CastPost[] = [
  {
    by: 'Ada',
    when: '33w sat 10:20',
    audience: 'public',
    title: 'Hello, everyone',
    content:
      'So this is ours now: no ads, no strangers, just the club. Say hi, add a photo, tell us what you’re up to. I’ll bring cake on Thursday.',
    likedBy: ['Bruno', 'Hanna', 'Chidi'],
    comments: [
      { by: 'Bruno', content: 'Hi! I was promised cake.', likedBy: ['Ada', 'Hanna'] },
      { by: 'Hanna', content: 'Hello from the second row of the choir 👋' },
    ],
  },
  {
    by: 'Bruno',
    when: '32w sun 17:45',
    audience: 'public',
    content: 'My daily commute. I still slow down for it.',
    photos: [
      {
        scene: 'bridge',
        light: 'dawn',
        shape: 'panorama',
        seed: 21,
        alt: 'A red suspension bridge at sunrise, its cables mirrored in calm water.',
      },
    ],
    comments: [{ by: 'Ada', content: 'You built that. You’re allowed to slow down.' }],
  },
  {
    by: 'Hanna',
    when: '31w wed 07:10',
    audience: 'public',
    content:
      'Acht Grad Wassertemperatur, zwei Minuten, drei Schreie. Der See gehört morgens um sieben ganz mir. #kaltwasser',
    photos: [
      {
        scene: 'lake',
        light: 'dawn',
        shape: 'portrait',
        seed: 31,
        alt: 'A still lake at dawn with dark spruces and their reflection.',
      },
    ],
    likedBy: ['Ada', 'Bruno'],
    comments: [
      {
        by: 'Ada',
        content: 'I don’t speak German, but I understood the three screams.',
        likedBy: ['Hanna', 'Bruno'],
      },
    ],
  },
  {
    by: 'Chidi',
    when: '31w fri 02:40',
    audience: 'public',
    content: 'Night shift thought: dough doesn’t care what day it is. It’s very calming.',
  },
  {
    by: 'Emil',
    when: '30w sun 19:30',
    audience: 'public',
    title: 'Four hundred stations',
    content:
      'When I retired, my daughter asked what I would do all day. I said I would look at the stations I had only ever passed through.\n\nThe rule is simple: arrive by train, take one photo, drink one coffee, leave by train. If there is no coffee, I bring a flask. If there is no train back, I wait. I have waited nine hours once, in the rain, with a dog who was waiting too. We did not talk much, but when his train came he looked back.\n\nPeople think the small stations are all alike. They are not. Each one has something it is proud of: a clock that is right, a bench somebody painted, a timetable from 1974 that nobody had the heart to take down. In one place the stationmaster grows tomatoes between the rails of the dead track. She gave me three. I ate them on the way home, and I can tell you that no tomato I have bought since has been worth the money.\n\nYesterday was number four hundred. I had thought I would feel something grand. Instead the platform was empty, the light was good, and the coffee was terrible. I stayed for an hour.\n\nThere are one thousand and eighty-six in total. At this rate I will be eighty-one. I had better not hurry. #stations',
    photos: [
      {
        scene: 'station',
        light: 'dusk',
        seed: 4,
        alt: 'Rails run to a low sun; two lamps stand at an empty platform.',
      },
      {
        scene: 'station',
        light: 'mist',
        shape: 'portrait',
        seed: 9,
        alt: 'The same kind of track on a foggy morning.',
      },
    ],
    likedBy: ['Ada', 'Bruno', 'Hanna', 'Chidi'],
    comments: [
      {
        by: 'Hanna',
        content: 'The dog looking back. I’m not crying on a bus, you are.',
        likedBy: ['Ada', 'Emil', 'Bruno'],
        replies: [{ by: 'Emil', content: 'He had a window seat.', likedBy: ['Hanna'] }],
      },
      { by: 'Bruno', content: 'Which station has the tomatoes? Asking as an engineer.' },
    ],
  },
  {
    by: 'Kofi',
    when: '29w sat 15:05',
    audience: 'public',
    content: 'Oak on the left, ash on the right. If you can tell, you may sweep the workshop.',
    photos: [
      { scene: 'planks', seed: 5, alt: 'Five wide boards with fine grain and a few knots.' },
      { scene: 'planks', seed: 14, shape: 'square', alt: 'More boards, darker.' },
    ],
    comments: [{ by: 'Chidi', content: 'Ash on the right. Where’s the broom?' }],
  },
  {
    by: 'Fumiko',
    when: '27w tue 21:15',
    audience: 'public',
    content:
      '今日の一局。中盤で勘違いをして、十七目負け。それでも、とても楽しかった。来週また打ちましょう。 #囲碁',
    photos: [
      {
        scene: 'board',
        shape: 'square',
        seed: 6,
        alt: 'A go board in warm light with black and white stones.',
      },
    ],
    comments: [
      { by: 'Emil', content: 'I see black has a problem. I see white has it too.' },
      { by: 'Hanna', content: 'Teach me? I can lose by more than seventeen.' },
    ],
  },
  {
    by: 'Ada',
    when: '26w sun 11:00',
    audience: 'public',
    content: 'The linden trees are out, and so are sixty thousand colleagues of mine. #bees',
    photos: [
      {
        scene: 'flowers',
        seed: 22,
        alt: 'Pink, orange and white flowers on long stems in soft green light.',
      },
      {
        scene: 'hives',
        light: 'day',
        seed: 6,
        alt: 'Three yellow bee hives on a green meadow under the sun.',
      },
      {
        scene: 'fields',
        light: 'day',
        seed: 15,
        shape: 'portrait',
        alt: 'Green hills with scattered trees and two farms.',
      },
    ],
    comments: [{ by: 'Kofi', content: 'I’ve a stack of frames ready for you.' }],
  },
  {
    by: 'Goran',
    when: '26w sat 18:30',
    audience: 'public',
    content:
      'Deca su danas trčala kao da sutra ne postoji. Rezultat? Ko pita za rezultat. #under10',
    photos: [
      {
        scene: 'pitch',
        seed: 3,
        alt: 'A football pitch from above with small red and yellow players.',
      },
    ],
    likedBy: [],
  },
  {
    by: 'Lucía',
    when: '25w sun 20:40',
    audience: 'public',
    content:
      'Arena número 48: de una duna que ayer estaba diez metros más allá. Las dunas también salen de paseo. #arena',
    photos: [
      {
        scene: 'dunes',
        light: 'gold',
        shape: 'panorama',
        seed: 17,
        alt: 'Soft sand dunes under an orange sky.',
      },
      {
        scene: 'jars',
        seed: 3,
        shape: 'square',
        alt: 'Shelves with glass jars of sand in many colours.',
      },
    ],
  },
  {
    by: 'Bruno',
    when: '24w sun 16:20',
    audience: 'followers',
    content: 'Kite number five met the poplar. The poplar won. We’re all fine, except number five.',
  },
  {
    by: 'Jamila',
    when: '23w thu 21:30',
    audience: 'followers',
    content:
      'First repair café done: eleven toasters, two radios, one very loved rabbit on wheels. Everything moves again. Some of it moved too much.',
  },
  {
    by: 'Hanna',
    when: '22w fri 19:50',
    audience: 'public',
    content: 'Seven letters, “it comes back when you call”. I’ve been staring at this since lunch.',
    comments: [
      { by: 'Fumiko', content: 'Echoing?', replies: [{ by: 'Hanna', content: 'YES. Thank you!' }] },
      { by: 'Bruno', content: 'My dog’s name is only four.', likedBy: ['Hanna', 'Ada', 'Fumiko'] },
    ],
  },
  {
    by: 'Iker',
    when: '21w sat 12:10',
    audience: 'public',
    content: 'New in town. Is there anyone else who runs badly but cheerfully? #running',
    likedBy: ['Ada', 'Hanna', 'Lucía', 'Kofi'],
    comments: [
      {
        by: 'Hanna',
        content: 'Tuesdays at six, from the boathouse. We’re slow and we talk.',
        replies: [{ by: 'Iker', content: 'I’ll be the one who’s slower.' }],
      },
    ],
  },
];
