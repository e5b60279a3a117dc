import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LIMITS } from './limits.js';

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
  @IsInt({ message: 'Give a whole number.' })
  @Min(1, { message: 'Ask for at least one item.' })
  @Max(LIMITS.page.maxSize, { message: `Ask for at most ${LIMITS.page.maxSize} items.` })
  limit: number = LIMITS.page.defaultSize;

  /** `nextCursor` of the page before */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

export class FieldsQuery {
  /**
   * Only these fields of each item, comma separated
   * @example id
   */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  fields?: string;
}

/** A page of which one may ask for some fields only. */
export class ListQuery extends PageQuery {
  /**
   * Only these fields of each item, comma separated
   * @example id
   */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  fields?: string;
}
