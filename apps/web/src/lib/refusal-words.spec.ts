import { readFileSync } from 'node:fs';
import { FAULTS, inEnglish, REASONS, textOf, type RefusalCode } from '@echomate/contracts/refusals';
import { PROBLEMS as TYPES, problemType, type ProblemName } from '@echomate/contracts/problems';
import { PROBLEMS } from '../../refusals.js';
import { refusalWords } from './refusal-words.ts';

const CODES = [...Object.keys(REASONS), ...Object.keys(FAULTS)] as RefusalCode[];
const catalogue: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../messages/en.json', import.meta.url), 'utf8'),
);

test.each(CODES)('the catalogue says “%s” as the api says it in English', (code) => {
  expect(catalogue[`refusal_${code.replaceAll('-', '_')}`]).toBe(textOf(code));
  const gaps = Object.fromEntries(
    Array.from(textOf(code).matchAll(/\{(\w+)\}/g), ([, name]) => [name!, 5000]),
  );
  expect(refusalWords(code, gaps)).toBe(inEnglish(code, gaps));
});

test('the catalogue has no words for what is never refused', () => {
  const keys = CODES.map((code) => `refusal_${code.replaceAll('-', '_')}`);
  const refusals = Object.keys(catalogue).filter((key) => key.startsWith('refusal_'));
  expect(refusals.filter((key) => !keys.includes(key))).toEqual([]);
});

test.each(Object.entries(PROBLEMS))('the web server refuses like the api: %s', (name, problem) => {
  const type = (problem.type ?? name) as ProblemName;
  const [of, detail] = REASONS[problem.code as keyof typeof REASONS];
  expect(problemType(of)).toBe(problemType(type));
  expect(problem).toMatchObject({ ...TYPES[type], detail });
});

test('an unknown code has no words', () => {
  expect(refusalWords('out-of-tea')).toBeNull();
  expect(refusalWords('toString')).toBeNull();
});
