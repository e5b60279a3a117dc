import type { Audience } from '@echomate/contracts/posts.dto';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Reference, Text, Time } from '../../../platform/database/columns.js';

/** The content of a post before an edit. */
@Entity('post_versions')
@Index('post_versions_of_post', ['postId', 'id'])
export class PostVersion {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('Post', { name: 'post_versions_post_fk', onDelete: 'CASCADE' })
  postId!: string;

  @Text({ nullable: true })
  title!: string | null;

  @Text()
  content!: string;

  /** The audience at the time it was replaced; null: its author only */
  @Text({ nullable: true })
  audience!: Audience | null;

  @Time()
  writtenAt!: string;
}
