import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LIMITS } from './limits.js';
import { saying } from './saying.js';

/** One page of a list. Ask again with `nextCursor` until it is null. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export class PageQuery {
  /**
   * How many items to return
   * @example 20
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt(saying('not-a-number'))
  @Min(1, saying('too-small', { min: 1 }))
  @Max(LIMITS.page.maxSize, saying('too-big', { max: LIMITS.page.maxSize }))
  limit: number = LIMITS.page.defaultSize;

  /** `nextCursor` of the previous page */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(200, saying('too-long', { max: 200 }))
  cursor?: string;
}

export class FieldsQuery {
  /**
   * Only these fields of each item, comma separated
   * @example id
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(500, saying('too-long', { max: 500 }))
  fields?: string;
}

/** A page of which single fields may be requested. */
export class ListQuery extends PageQuery {
  /**
   * Only these fields of each item, comma separated
   * @example id
   */
  @IsOptional()
  @IsString(saying('not-text'))
  @MaxLength(500, saying('too-long', { max: 500 }))
  fields?: string;
}
