import { Entity, Index } from 'typeorm';
import { Big, Reference, Text } from '../../../platform/database/columns.js';

export type DocumentKind = 'post' | 'comment' | 'event';

/** A text in the index, under the number that it has there. What is listed is a hint: the rule decides. */
@Entity('search_documents')
@Index('search_documents_of_subject', ['subjectId'], { unique: true })
@Index('search_documents_of_post', ['postId'])
@Index('search_documents_of_author', ['authorId'])
@Index('search_documents_newest_in_scope', ['scopeId', 'number'])
export class SearchDocument {
  /** Made of the time at which it was written, so that later ones have higher numbers */
  @Big({ primary: true })
  number!: number;

  @Text()
  kind!: DocumentKind;

  /** The post, comment or series of events */
  @Reference()
  subjectId!: string;

  /** The post that a comment is on */
  @Reference({ nullable: true })
  postId!: string | null;

  @Reference({ nullable: true })
  authorId!: string | null;

  /** For whom it is, unless for everyone or chosen people: the followers of an author, or the members of a group */
  @Reference({ nullable: true })
  scopeId!: string | null;
}
