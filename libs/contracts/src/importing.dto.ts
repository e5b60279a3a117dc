import { IsPersonName } from './fields.js';
import { PersonCard } from './follows.dto.js';

export const IMPORT_STATES = [
  'receiving',
  'waiting',
  'checking',
  'running',
  'done',
  'refused',
  'failed',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Of somebody in an archive */
export class PersonName {
  /** @example Ada */
  @IsPersonName()
  firstName!: string;

  /** @example Okafor */
  @IsPersonName()
  lastName!: string;
}

/** Why an archive was refused as a whole. */
export const ARCHIVE_FAULTS = [
  'not-an-archive',
  'archive-unsafe',
  'archive-too-large',
  'archive-broken',
  'archive-of-others',
  'archive-photo',
  'archive-from-here',
] as const;
export type ArchiveFault = (typeof ARCHIVE_FAULTS)[number];

/** Why one thing of an archive did not come. */
export const LEFT_OUT = [
  'storage-full',
  'no-videos',
  'unreadable',
  'not-ready',
  'nothing-left',
  'shared-only',
] as const;
export type LeftOutReason = (typeof LEFT_OUT)[number];

export class ArchiveRefusal {
  fault!: ArchiveFault;
  /** Where in the archive it shows */
  file!: string | null;
}

export class ImportedCounts {
  profile!: number;
  pictures!: number;
  groups!: number;
  posts!: number;
  media!: number;
}

export class LeftOut {
  why!: LeftOutReason;
  count!: number;
}

/** What becomes of an archive of another installation. */
export class DataImport {
  id!: string;
  state!: ImportState;
  refusal!: ArchiveRefusal | null;
  /** The host it comes from, and the person it is about; null until it has been read */
  from!: string | null;
  name!: string | null;
  /** Groups and posts in the archive */
  total!: number;
  /** How many of them have been dealt with */
  dealtWith!: number;
  /** Came with this archive */
  imported!: ImportedCounts;
  leftOut!: LeftOut[];
  /** Posts that only their author sees here, though others saw them there */
  narrowed!: number;
  createdAt!: string;
  finishedAt!: string | null;
}

export class OwnImport {
  /** The newest one; null if there was none */
  import!: DataImport | null;
}

/** Somebody here with the name of a person whom the viewer followed there. */
export class KnownPerson extends PersonCard {
  /** Their handle is the same too */
  isSameHandle!: boolean;
}

export class KnownPeople {
  items!: KnownPerson[];
  nextCursor!: string | null;
}
