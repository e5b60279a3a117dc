import type { MediaKind, MediaStatus } from '@echomate/contracts/media.dto';
import { Check, Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What an upload can be attached to. */
export type AttachedKind = 'post' | 'comment' | 'group' | 'message';

/** An avatar or a banner belongs to its owner, an attachment to what it is attached to. */
export type Purpose = 'attachment' | 'avatar' | 'banner';

const NOT_USED = `post_id IS NULL AND comment_id IS NULL AND group_id IS NULL AND message_id IS NULL AND (purpose = 'attachment' OR status <> 'ready')`;

/** An uploaded picture, animation or video. */
@Entity('media')
@Index('media_of_owner', ['ownerId', 'id'])
@Index('media_of_post', ['postId', 'position'], { where: 'post_id IS NOT NULL' })
@Index('media_of_comment', ['commentId', 'position'], { where: 'comment_id IS NOT NULL' })
@Index('media_of_group', ['groupId'], { where: 'group_id IS NOT NULL' })
@Index('media_of_message', ['messageId', 'position'], { where: 'message_id IS NOT NULL' })
@Index('media_of_registration', ['registrationId'], {
  unique: true,
  where: 'registration_id IS NOT NULL',
})
// At most one avatar and one banner for each person.
@Index('media_shown_of_owner', ['ownerId', 'purpose'], {
  unique: true,
  where: `purpose <> 'attachment' AND status = 'ready'`,
})
@Index('media_not_used', ['createdAt'], { where: NOT_USED })
@Check('media_owner_or_registration', '(owner_id IS NULL) <> (registration_id IS NULL)')
@Check(
  'media_one_subject',
  `(post_id IS NULL OR comment_id IS NULL) AND (purpose = 'attachment' OR COALESCE(post_id, comment_id) IS NULL)`,
)
export class Medium {
  @Id()
  id!: string;

  /** Null for the avatar of a registration that is not confirmed yet */
  @Reference({ nullable: true })
  @ForeignKey('User', { name: 'media_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string | null;

  /** No cascade: the registration removes its avatar first, because files are deleted together with rows. */
  @Reference({ nullable: true })
  @ForeignKey('Registration', { name: 'media_registration_fk' })
  registrationId!: string | null;

  @Text()
  purpose!: Purpose;

  @Text()
  kind!: MediaKind;

  @Text()
  status!: MediaStatus;

  /** Of the largest picture */
  @Integer()
  width!: number;

  @Integer()
  height!: number;

  @Integer({ nullable: true })
  durationMs!: number | null;

  @Text()
  placeholder!: string;

  @Text({ nullable: true })
  alt!: string | null;

  /** Size of all its files, counted against the owner's quota */
  @Integer()
  bytes!: number;

  /** Set to null with the post's removal: the row is then unattached and expires with its files */
  @Reference({ nullable: true })
  @ForeignKey('Post', { name: 'media_post_fk', onDelete: 'SET NULL' })
  postId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Comment', { name: 'media_comment_fk', onDelete: 'SET NULL' })
  commentId!: string | null;

  /** The group whose banner it is */
  @Reference({ nullable: true })
  @ForeignKey('Group', { name: 'media_group_fk' })
  groupId!: string | null;

  @Reference({ nullable: true })
  @ForeignKey('Message', { name: 'media_message_fk', onDelete: 'SET NULL' })
  messageId!: string | null;

  /** Order among the attachments of one post or comment */
  @Integer({ default: 0 })
  position!: number;

  @Time()
  createdAt!: string;
}
