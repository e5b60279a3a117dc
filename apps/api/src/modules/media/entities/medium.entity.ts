import type { MediaKind, MediaStatus } from '@echomate/contracts/media.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** What an upload can become part of. */
export type AttachedKind = 'post' | 'comment' | 'message' | 'group' | 'event';

/** A picture, an animation or a video that someone uploaded. */
@Entity('media')
// By what they are attached to, in order; what is attached to nothing is at position 0, by age.
@Index('media_attached', ['attachedId', 'position', 'createdAt'])
@Index('media_of_owner', ['ownerId', 'id'])
export class Medium {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'media_owner_fk', onDelete: 'CASCADE' })
  ownerId!: string;

  @Text()
  kind!: MediaKind;

  @Text()
  status!: MediaStatus;

  /** Of the full picture. */
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

  /** What its files take, counted against the owner's quota. */
  @Integer()
  bytes!: number;

  @Text({ nullable: true })
  attachedKind!: AttachedKind | null;

  @Reference({ nullable: true })
  attachedId!: string | null;

  /** Among what is attached to the same thing. */
  @Integer({ default: 0 })
  position!: number;

  @Time()
  createdAt!: string;
}
