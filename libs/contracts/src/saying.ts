import type { ValidationOptions } from 'class-validator';
import { fault, inEnglish, type Fault, type FaultCode, type GapsOf } from './refusals.js';

/** What a validator carries beside its message: the fault it finds in a value. */
export interface FaultContext {
  faultOf: (value: unknown) => Fault;
}

type Said = ValidationOptions & { context: FaultContext };

/** For validators that refuse for one reason only. */
export const saying = <Code extends FaultCode>(code: Code, ...gaps: GapsOf<Code>): Said =>
  sayingOf(() => fault(code, ...gaps));

/** For validators that refuse for several reasons. */
export const sayingOf = (faultOf: FaultContext['faultOf']): Said => ({
  // class-validator passes a context on only beside a message.
  message: ({ value }) => {
    const { code, parameters } = faultOf(value);
    return inEnglish(code, parameters);
  },
  context: { faultOf },
});

/** The options of `IsIn`. */
export const sayingOneOf = (choices: readonly string[]): Said =>
  saying('invalid-choice', { choices: choices.join(', ') });
