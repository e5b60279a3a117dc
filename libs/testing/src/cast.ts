/** The people of tests and demo data: the same names everywhere. */
export interface CastMember {
  firstName: string;
  lastName: string;
  /** Left out, it is made of the name when they register. */
  handle?: string;
  nickname: string | null;
  dateOfBirth: string;
  about: string | null;
  visibility: 'public' | 'private';
  emailVisibility: 'profile' | 'followers' | 'me';
  dateOfBirthVisibility: 'profile' | 'followers' | 'me';
  /** Colours of the portrait: background, skin, hair, clothes */
  portrait: [string, string, string, string];
}

/** The password of all of them. */
export const CAST_PASSWORD = 'seven green bicycles';

export const emailOf = ({ firstName }: Pick<CastMember, 'firstName'>) =>
  `${firstName
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()}@example.org`;

const open = {
  visibility: 'public',
  emailVisibility: 'followers',
  dateOfBirthVisibility: 'profile',
} as const;
const guarded = {
  visibility: 'private',
  emailVisibility: 'me',
  dateOfBirthVisibility: 'followers',
} as const;

/** The first person opens the installation and is its admin. */
export const CAST: CastMember[] = [
  {
    firstName: 'Ada',
    lastName: 'Okafor',
    handle: 'ada',
    nickname: 'ada',
    dateOfBirth: '1988-04-12',
    about: 'Bee keeper, choir singer, and the one with the keys to the club house.',
    ...open,
    portrait: ['#f3c9a5', '#8d5a3b', '#2b1b17', '#c8553d'],
  },
  {
    firstName: 'Bruno',
    lastName: 'Lindqvist',
    handle: 'bruno',
    nickname: null,
    dateOfBirth: '1979-11-02',
    about: 'Builds bridges on weekdays and kites on Sundays.',
    ...open,
    portrait: ['#bcd8d2', '#f0c8a8', '#d9a441', '#2f5d62'],
  },
  {
    firstName: 'Chidi',
    lastName: 'Eze',
    handle: 'chidi',
    nickname: 'chi',
    dateOfBirth: '1995-07-23',
    about: 'Night baker. Ask me about sourdough.',
    ...open,
    portrait: ['#ead7b0', '#6b4226', '#1d1512', '#e0a030'],
  },
  {
    firstName: 'Dilara',
    lastName: 'Yılmaz',
    handle: 'dilara',
    nickname: 'dila',
    dateOfBirth: '2001-01-30',
    about: null,
    ...guarded,
    portrait: ['#d9c6e0', '#e8b898', '#3b2a20', '#7a4e7e'],
  },
  {
    firstName: 'Emil',
    lastName: 'Novák',
    handle: 'emil',
    nickname: null,
    dateOfBirth: '1966-09-15',
    about: 'Retired railwayman. Photographs every station he can reach by train.',
    ...open,
    portrait: ['#c9d6e8', '#f2cdb0', '#b8b8b8', '#34506f'],
  },
  {
    firstName: 'Fumiko',
    lastName: 'Tanaka',
    handle: 'fumiko',
    nickname: 'fumi',
    dateOfBirth: '1992-12-05',
    about: 'Go player, translator, owner of too many plants.',
    ...open,
    portrait: ['#cfe3c3', '#f4d3b5', '#16130f', '#5b7f47'],
  },
  {
    firstName: 'Goran',
    lastName: 'Petrović',
    handle: 'goran',
    nickname: null,
    dateOfBirth: '1984-03-19',
    about: 'Coaches the under-tens. Loses his voice every Saturday.',
    ...guarded,
    portrait: ['#f1d3cf', '#e3b08c', '#4a2f1f', '#8b2f39'],
  },
  {
    firstName: 'Hanna',
    lastName: 'Berg',
    handle: 'hanna',
    nickname: 'hanni',
    dateOfBirth: '1998-06-08',
    about: 'Cello, cold water, crosswords.',
    ...open,
    portrait: ['#bfe0e8', '#f6d5bd', '#b5532a', '#22637a'],
  },
  {
    firstName: 'Iker',
    lastName: 'Etxeberria',
    handle: 'iker',
    nickname: null,
    dateOfBirth: '1990-10-27',
    about: null,
    ...open,
    portrait: ['#f5e0b5', '#e6b48f', '#2a1c15', '#b46a1f'],
  },
  {
    firstName: 'Jamila',
    lastName: 'Haddad',
    handle: 'jamila',
    nickname: 'jam',
    dateOfBirth: '1986-02-14',
    about: 'Paediatric nurse. Runs the repair café on first Thursdays.',
    ...guarded,
    portrait: ['#e8c4c4', '#c98f68', '#251714', '#9c3f5a'],
  },
  {
    firstName: 'Kofi',
    lastName: 'Mensah',
    handle: 'kofi',
    nickname: null,
    dateOfBirth: '1973-08-01',
    about: 'Carpenter. If it wobbles, bring it.',
    ...open,
    portrait: ['#d6cdb8', '#5a3825', '#15100d', '#6a6a3a'],
  },
  {
    firstName: 'Lucía',
    lastName: 'Romero',
    handle: 'lucia',
    nickname: 'lu',
    dateOfBirth: '2004-05-17',
    about: 'Studies geology; collects sand from everywhere.',
    ...open,
    portrait: ['#fbd9b8', '#e9bd98', '#5c3420', '#d06a3a'],
  },
  {
    firstName: 'Mathilde',
    lastName: 'Rousseau',
    nickname: null,
    dateOfBirth: '1969-07-03',
    about: 'Ancienne prof de physique. Un petit bateau, beaucoup de vent.',
    ...open,
    portrait: ['#c4dbe8', '#f0cdb2', '#a9a39b', '#2c4a6b'],
  },
  {
    firstName: 'Kasia',
    lastName: 'Zielińska',
    nickname: 'kasia_z',
    dateOfBirth: '1994-09-11',
    about: 'Rower, góry, sernik. Designs trams on weekdays.',
    ...open,
    portrait: ['#d8e6c8', '#f5d2b6', '#c98a3d', '#3f6b57'],
  },
  {
    firstName: 'Nour',
    lastName: 'Khalil',
    nickname: null,
    dateOfBirth: '1999-03-25',
    about: 'خطّاطة، جديدة في المدينة. New in town, looking for a choir and good bread.',
    ...open,
    portrait: ['#eddcc0', '#d9a57c', '#2a1a16', '#7a3b52'],
  },
];

/** By first names; private people get a request. */
export const CAST_FOLLOWS: Record<string, string[]> = {
  Ada: ['Bruno', 'Chidi', 'Emil', 'Goran', 'Hanna', 'Iker', 'Nour'],
  Bruno: ['Ada', 'Emil', 'Fumiko', 'Kofi', 'Dilara', 'Hanna'],
  Chidi: ['Ada', 'Hanna', 'Lucía', 'Jamila', 'Nour'],
  Dilara: ['Ada', 'Hanna'],
  Emil: ['Ada', 'Bruno', 'Fumiko', 'Hanna', 'Mathilde'],
  Fumiko: ['Hanna', 'Emil', 'Goran', 'Lucía'],
  Goran: ['Ada', 'Kofi', 'Iker'],
  Hanna: ['Ada', 'Bruno', 'Chidi', 'Fumiko', 'Lucía', 'Dilara', 'Mathilde', 'Iker'],
  Iker: ['Goran', 'Kofi', 'Hanna', 'Kasia'],
  Jamila: ['Ada', 'Chidi', 'Kofi'],
  Kasia: ['Iker', 'Chidi', 'Mathilde', 'Goran'],
  Kofi: ['Bruno', 'Jamila', 'Ada', 'Iker'],
  Lucía: ['Hanna', 'Chidi', 'Goran', 'Mathilde'],
  Mathilde: ['Lucía', 'Emil', 'Hanna', 'Nour'],
  Nour: ['Chidi', 'Hanna', 'Ada', 'Goran'],
};

/** Requests that private people have accepted; the others are pending. */
export const CAST_ACCEPTS: Record<string, string[]> = {
  Dilara: ['Hanna'],
  Goran: ['Ada', 'Iker', 'Kasia'],
  Jamila: ['Chidi'],
};
