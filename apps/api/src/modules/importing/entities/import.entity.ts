import { Entity, ForeignKey, Index } from 'typeorm';
import type { ArchiveFault, ImportState, LeftOutReason } from '@echomate/contracts/importing.dto';
import { Flag, Id, Integer, Reference, Text, Time } from '../../../platform/database/columns.js';

/** An archive of another installation that somebody imports. */
@Entity('imports')
@Index('imports_of_user', ['userId', 'id'])
@Index('imports_receiving', ['createdAt'], { where: `state = 'receiving'` })
export class Import {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'imports_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Text()
  state!: ImportState;

  @Text({ nullable: true })
  fault!: ArchiveFault | null;

  @Text({ nullable: true })
  faultFile!: string | null;

  /** The address of the other installation, as the archive says */
  @Text({ nullable: true })
  origin!: string | null;

  /** Of the person there */
  @Text({ nullable: true })
  name!: string | null;

  /** Groups and posts in the archive */
  @Integer()
  total!: number;

  /** A `Tally[]`: how much has come with it, counted as it comes */
  @Text({ default: '[]' })
  tally!: string;

  @Time()
  createdAt!: string;

  @Time({ nullable: true })
  finishedAt!: string | null;
}

export type ThingKind = 'profile' | 'picture' | 'group' | 'post' | 'media';

/** So many things of a kind that came, or were left out for one reason. */
export interface Tally extends Pick<ImportedThing, 'kind' | 'leftOut' | 'isNarrowed'> {
  count: number;
}

/** What has come from an installation, or was left out for good: none of it comes twice. */
@Entity('imported_things')
@Index('imported_things_once', ['userId', 'origin', 'kind', 'originalId'], { unique: true })
export class ImportedThing {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'imported_things_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  /** With which it came */
  @Reference()
  importId!: string;

  /** The address of the other installation, and the id of the person there */
  @Text()
  origin!: string;

  @Text()
  kind!: ThingKind;

  @Reference()
  originalId!: string;

  /** Its id here, which may be gone by now; null if it was left out */
  @Reference({ nullable: true })
  localId!: string | null;

  @Text({ nullable: true })
  leftOut!: LeftOutReason | null;

  /** Fewer people see it here than saw it there */
  @Flag()
  isNarrowed!: boolean;
}

/** Somebody here with the name of a person whom the user followed on another installation. */
@Entity('known_people')
@Index('known_people_once', ['userId', 'personId'], { unique: true })
@Index('known_people_of_person', ['personId'])
@Index('known_people_by_age', ['createdAt'])
export class KnownPerson {
  @Id()
  id!: string;

  @Reference()
  @ForeignKey('User', { name: 'known_people_user_fk', onDelete: 'CASCADE' })
  userId!: string;

  @Reference()
  @ForeignKey('User', { name: 'known_people_person_fk', onDelete: 'CASCADE' })
  personId!: string;

  @Flag()
  isSameHandle!: boolean;

  @Time()
  createdAt!: string;
}
