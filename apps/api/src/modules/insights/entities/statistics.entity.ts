import { Entity, ForeignKey } from 'typeorm';
import { Big, Day, Integer, Reference, Text } from '../../../platform/database/columns.js';

/** What is counted once it is there, by its ids, and what is counted when it happens. */
export type CreatedKind = 'registrations' | 'posts' | 'messages';
export type SiteSumKind = CreatedKind | 'mails';

/** By the quarter hour, counted since the epoch. */
@Entity('site_sums', { withoutRowid: true })
export class SiteSum {
  @Text({ primary: true })
  kind!: SiteSumKind;

  @Integer({ primary: true })
  quarter!: number;

  @Integer()
  count!: number;
}

/** Up to which id the sums have been counted. */
@Entity('site_positions')
export class SitePosition {
  @Text({ primary: true })
  kind!: CreatedKind;

  @Reference()
  countedUpTo!: string;
}

/** What there is now: bytes of media. */
@Entity('site_totals')
export class SiteTotal {
  @Text({ primary: true })
  kind!: 'media';

  @Big()
  amount!: number;
}

/** Who was here on a day, so that each counts once in it, and once in a week. Kept for some days. */
@Entity('active_people', { withoutRowid: true })
export class ActivePerson {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'active_people_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Day({ primary: true })
  day!: string;
}

@Entity('active_days')
export class ActiveDay {
  @Day({ primary: true })
  day!: string;

  @Integer()
  people!: number;

  /** In the seven days of which this is the last */
  @Integer()
  peopleOfWeek!: number;
}
