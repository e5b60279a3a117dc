import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What somebody does not want to have suggested: a person, a group, a post or a hashtag. */
@Entity('dismissals')
@Index('dismissals_of_person', ['personId', 'userId'], {
  unique: true,
  where: 'person_id IS NOT NULL',
})
@Index('dismissals_of_group', ['groupId', 'userId'], {
  unique: true,
  where: 'group_id IS NOT NULL',
})
@Index('dismissals_of_post', ['postId', 'userId'], { unique: true, where: 'post_id IS NOT NULL' })
@Index('dismissals_of_tag', ['userId', 'tag'], { unique: true, where: 'tag IS NOT NULL' })
@Index('dismissals_of_user', ['userId', 'id'])
export class Dismissal {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'dismissals_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'dismissals_person_fk', onDelete: 'CASCADE' })
  personId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'dismissals_group_fk', onDelete: 'CASCADE' })
  groupId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'dismissals_post_fk', onDelete: 'CASCADE' })
  postId!: string | null;

  @Text({ nullable: true })
  tag!: string | null;

  @Time()
  createdAt!: string;
}
