import {
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
  type ValidationPipeOptions,
} from '@nestjs/common';
import { PageQuery } from '@echomate/contracts/paging.dto';
import type { FieldError } from '@echomate/contracts/problems';
import type { Cursors } from './cursors.js';
import { refuse } from './problem.js';

/** Hands the services a page's cursor as they gave it. */
class Validation extends ValidationPipe {
  constructor(
    private readonly cursors: Cursors,
    options: ValidationPipeOptions,
  ) {
    super(options);
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const valid: unknown = await super.transform(value, metadata);
    if (valid instanceof PageQuery && valid.cursor !== undefined)
      valid.cursor = this.cursors.open(valid.cursor);
    return valid;
  }
}

/** Lets through what a contract class describes and nothing else. */
export const validation = (cursors: Cursors) =>
  new Validation(cursors, {
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      refuse(
        'invalid-input',
        'Some of what you entered cannot be used as it is.',
        errors.flatMap((error) => fieldErrors(error)),
      ),
  });

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path + error.property;
  const [rule, message] = Object.entries(error.constraints ?? {})[0] ?? [];
  const own: FieldError[] = message
    ? [{ field, message: rule === 'whitelistValidation' ? 'There is no such field.' : message }]
    : [];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}
