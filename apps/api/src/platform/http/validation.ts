import {
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
  type ValidationPipeOptions,
} from '@nestjs/common';
import { PageQuery } from '@echomate/contracts/paging.dto';
import type { FieldError } from '@echomate/contracts/problems';
import { fault, type Fault } from '@echomate/contracts/refusals';
import type { FaultContext } from '@echomate/contracts/saying';
import type { Cursors } from './cursors.js';
import { fieldError, invalidFields } from './problem.js';

/** At most this many field errors: nobody fixes more at once, and the client makes up the names. */
const MOST_ERRORS = 20;
const LONGEST_FIELD = 100;
/** Validated queries kept for each contract. Cursors differ every time, and are longer. */
const KEPT_QUERIES = 100;
const LONGEST_KEPT = 60;

/** Decrypts the cursor of a page for the services. */
class Validation extends ValidationPipe {
  /** Valid queries by contract and text: most requests send the same few. */
  private readonly kept = new WeakMap<object, Map<string, object>>();

  constructor(
    private readonly cursors: Cursors,
    options: ValidationPipeOptions,
  ) {
    super(options);
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query') return this.query(value, metadata);
    // What our own decorators give was never sent.
    if (metadata.type === 'custom') return Promise.resolve(value);
    return super.transform(value, metadata);
  }

  private async query(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const contract = metadata.metatype as new () => object;
    const text = JSON.stringify(value);
    const known = this.kept.get(contract)?.get(text);
    const valid = known
      ? Object.assign(new contract(), known)
      : ((await super.transform(value, metadata)) as object);
    if (!known && text.length <= LONGEST_KEPT) this.keep(contract, text, { ...valid });
    if (valid instanceof PageQuery && valid.cursor !== undefined)
      valid.cursor = this.cursors.open(valid.cursor);
    return valid;
  }

  private keep(contract: object, text: string, valid: object): void {
    const kept = this.kept.get(contract);
    if (kept && kept.size < KEPT_QUERIES) kept.set(text, valid);
    else this.kept.set(contract, new Map([[text, valid]]));
  }
}

/** Accepts what a contract class describes and nothing else. */
const OPTIONS: ValidationPipeOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) =>
    invalidFields(errors.flatMap((error) => fieldErrors(error)).slice(0, MOST_ERRORS)),
};

export const validation = (cursors: Cursors) => new Validation(cursors, OPTIONS);

const plain = new ValidationPipe(OPTIONS);

/** What did not come with a request, by the rules for one that does. */
export const validated = async <Contract extends object>(
  contract: new () => Contract,
  value: object,
): Promise<Contract> =>
  (await plain.transform(value, { type: 'body', metatype: contract })) as Contract;

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = (path + error.property).slice(0, LONGEST_FIELD);
  const rule = Object.keys(error.constraints ?? {})[0];
  const own = rule ? [fieldError(field, faultOf(rule, error))] : [];
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}

/** Every validator of a contract says which fault it finds; only the whitelist, which is none, does not. */
function faultOf(rule: string, { contexts, value }: ValidationError): Fault {
  const said = contexts?.[rule] as FaultContext | undefined;
  return said?.faultOf(value) ?? fault('unknown-field');
}
