import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

@Entity('groups')
@Index('groups_by_size', ['memberCount', 'id'], { where: 'deleted_at IS NULL' })
@Index('groups_by_age', ['id'], { where: 'deleted_at IS NULL' })
@Index('groups_of_creator', ['creatorId'])
export class Group {
  @Id()
  id!: string;

  /** Always a member; null once the group is wiped */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'groups_creator_fk' })
  creatorId!: string | null;

  @Text()
  title!: string;

  @Text()
  description!: string;

  /** Title and description as they are searched */
  @Text()
  searchText!: string;

  /** Changes with its rows; leaves out inactive accounts */
  @Integer({ default: 0 })
  memberCount!: number;

  @Time()
  createdAt!: string;

  /** Hidden from everyone; the row stays for its posts and memberships, which refer to it. */
  @Time({ nullable: true })
  deletedAt!: string | null;

  /** Removed by a moderator, who can put it back until then */
  @Time({ nullable: true })
  removedUntil!: string | null;
}
