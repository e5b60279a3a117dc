import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FAULTS, REASONS } from '@echomate/contracts/refusals';
import { PROBLEMS } from '@echomate/contracts/problems';
import { getMetadataStorage } from 'class-validator';
import { describeProblem, invalidField, invalidFields, refuse } from './problem.js';

const ROOT = join(import.meta.dirname, '../../../../..');
const filesOf = (pattern: string) => globSync(pattern, { cwd: ROOT });

describe('the codes of refusals', () => {
  it('say of every type of problem its general case', () => {
    for (const name of Object.keys(PROBLEMS)) expect(REASONS).toHaveProperty([name, 0], name);
  });

  it('are each given by something', async () => {
    const files = [...filesOf('{apps/api,libs/contracts}/src/**/*.ts'), 'apps/web/refusals.js'];
    const sources = await Promise.all(
      files
        .filter((file) => !/(\.spec|\/refusals|\/problems)\.ts$/.test(file))
        .map((file) => readFile(join(ROOT, file), 'utf8')),
    );
    const all = sources.join('\n');
    const unused = [...Object.keys(REASONS), ...Object.keys(FAULTS)].filter(
      (code) => !all.includes(`'${code}'`),
    );
    expect(unused).toEqual([]);
  });

  it('are named by every validator of every contract', async () => {
    const classes: (new () => object)[] = [];
    for (const file of filesOf('libs/contracts/src/*.dto.ts')) {
      const module: Record<string, unknown> = await import(
        `@echomate/contracts/${basename(file, '.ts')}`
      );
      classes.push(
        ...Object.values(module).filter(
          (value): value is new () => object => typeof value === 'function',
        ),
      );
    }
    const validators = classes.flatMap((one) =>
      getMetadataStorage()
        .getTargetValidationMetadatas(one, '', true, false)
        .map(({ propertyName, type, name, context }) => ({
          of: `${one.name}.${propertyName}: ${name ?? type}`,
          // These decide whether a field is looked at, and refuse nothing.
          isSilent: ['conditionalValidation', 'whitelistValidation'].includes(type),
          faultOf: (context as { faultOf?: unknown } | undefined)?.faultOf,
        })),
    );
    expect(validators.length).toBeGreaterThan(50);
    const dumb = validators.filter(
      ({ isSilent, faultOf }) => !isSilent && typeof faultOf !== 'function',
    );
    expect(dumb.map(({ of }) => of)).toEqual([]);
  });
});

describe('a problem', () => {
  it('says a code, its gaps and its sentence', () => {
    expect(describeProblem(refuse('wait-minutes', { minutes: 12 }), 'an id')).toEqual({
      type: 'urn:echomate:problem:too-many-requests',
      title: 'Too many tries',
      status: 429,
      code: 'wait-minutes',
      detail: 'Too many attempts. Please wait 12 minutes and try again.',
      parameters: { minutes: 12 },
      requestId: 'an id',
    });
  });

  it('says of one field at fault what is wrong, and of several that some are', () => {
    const long = invalidField('content', 'too-long', { max: 5000 });
    const { detail, errors } = describeProblem(long, 'an id');
    expect(detail).toBe('Keep this to 5,000 characters.');
    expect(errors).toEqual([
      { field: 'content', code: 'too-long', parameters: { max: 5000 }, message: detail },
    ]);
    const both = invalidFields([...errors!, ...errors!]);
    expect(describeProblem(both, 'an id').detail).toBe('Please fix the following.');
  });
});
