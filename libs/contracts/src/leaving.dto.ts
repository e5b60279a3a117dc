import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { IsCredential, IsId, IsOptionalId } from './fields.js';
import { LIMITS } from './limits.js';
import { saying } from './saying.js';

export class DeactivateRequest {
  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

/** A group that the viewer runs, which has to be handed over or closed. */
export class RunGroup {
  id!: string;
  title!: string;
  memberCount!: number;
}

export class RunGroups {
  items!: RunGroup[];
}

/** What becomes of a group. */
export class GroupDecision {
  /** @example 01890000-0000-7000-8000-000000000000 */
  @IsId()
  groupId!: string;

  /**
   * The member who runs it from now on; without one, it is closed together with the account
   * @example 01890000-0000-7000-8000-000000000001
   */
  @IsOptionalId()
  heirId?: string | null;
}

export class DeleteAccountRequest {
  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;

  /**
   * One for each group that you run
   * @example [{ "groupId": "01890000-0000-7000-8000-000000000000", "heirId": null }]
   */
  @IsArray(saying('invalid-id'))
  @ArrayMaxSize(LIMITS.account.maxGroups, saying('too-many', { max: LIMITS.account.maxGroups }))
  @ArrayUnique((one: GroupDecision | null) => one?.groupId, saying('duplicate'))
  @ValidateNested({ each: true, ...saying('required') })
  @Type(() => GroupDecision)
  groups!: GroupDecision[];
}

/** Until then, logging in keeps the account. */
export class AccountLeaving {
  deletesAt!: string;
}

export const EXPORT_STATES = ['waiting', 'running', 'ready', 'failed'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

export class ExportRequest {
  /** @example "seven green bicycles" */
  @IsCredential()
  password!: string;
}

/** An archive of all that the viewer has here. */
export class DataExport {
  id!: string;
  state!: ExportState;
  /** Written so far: posts, comments, messages and the like */
  items!: number;
  /** Photos and videos written so far */
  files!: number;
  /** Size of the archive; 0 until it is ready */
  bytes!: number;
  createdAt!: string;
  /** When the archive is removed; null until it is ready */
  expiresAt!: string | null;
}

export class OwnExport {
  /** The newest one; null if there is none, or it is no longer kept */
  export!: DataExport | null;
}
