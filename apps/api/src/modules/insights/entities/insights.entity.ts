import { Entity, ForeignKey, Index } from 'typeorm';
import { Day, Flag, Id, Integer, Reference, Text } from '../../../platform/database/columns.js';

/** Who has visited a profile on a day of its owner, so that each counts once a day. Kept for some days. */
@Entity('profile_visitors', { withoutRowid: true })
@Index('profile_visitors_by_day', ['day'])
@Index('profile_visitors_of_viewer', ['viewerId'])
export class ProfileVisitor {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'profile_visitors_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string;

  @Reference({ primary: true })
  @ForeignKey('User', { name: 'profile_visitors_viewer_fk', onDelete: 'CASCADE' })
  viewerId!: string;

  @Day({ primary: true })
  day!: string;
}

/** What is summed up for somebody: people whom all posts reached, who visited, began and ended to follow. */
export type SumKind = 'reach' | 'visits' | 'gained' | 'lost';

/** By the quarter hour, counted since the epoch. */
@Entity('insight_sums', { withoutRowid: true })
export class InsightSum {
  @Reference({ primary: true })
  @ForeignKey('User', { name: 'insight_sums_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string;

  @Integer({ primary: true })
  quarter!: number;

  @Text({ primary: true })
  kind!: SumKind;

  @Integer()
  people!: number;
}

/** Of those who have changed them, or told their zone. */
@Entity('insight_settings')
export class InsightSettings {
  @Id()
  @ForeignKey('User', { name: 'insight_settings_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** The person's visits count for others */
  @Flag({ default: true })
  isCounted!: boolean;

  /** Others' visits count for the person */
  @Flag({ default: true })
  isKept!: boolean;

  @Text({ nullable: true })
  zone!: string | null;
}
