import { Entity, ForeignKey, Index } from 'typeorm';
import { Reference } from '../../../platform/database/columns.js';

/** A follower who was chosen for an earlier version. Deleted when the follow ends, as for posts. */
@Entity('version_chosen_followers')
@Index('version_chosen_followers_of_follow', ['followId'])
export class VersionChosenFollower {
  @Reference({ primary: true })
  @ForeignKey('PostVersion', { name: 'version_chosen_followers_version_fk', onDelete: 'CASCADE' })
  versionId!: string;

  @Reference({ primary: true })
  userId!: string;

  @Reference()
  @ForeignKey('Follow', { name: 'version_chosen_followers_follow_fk', onDelete: 'CASCADE' })
  followId!: string;
}
