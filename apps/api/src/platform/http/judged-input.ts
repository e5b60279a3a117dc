import type { NextFunction, Request, Response } from 'express';
import { invalidField, refuse } from './problem.js';

/** More than the largest list in any contract, and deeper than any of them. */
const MAX_VALUES = 1000;
const MAX_KEYS = 60;
const MAX_DEPTH = 8;
const LONGEST_NAME = 100;

/**
 * Checks the size of a body in every dimension before it is used: contract classes, validators and refusals may take
 * time and memory for every value.
 */
export function judgedBody(request: Request, _response: Response, next: NextFunction): void {
  judge(request.body);
  next();
}

/** Query text has to meet the same conditions as text in a body. */
export function judgedQuery(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.includes('?')) judge(request.query);
  next();
}

/** Throws a refusal. */
export function judge(input: unknown, maxValues = MAX_VALUES): void {
  let values = 0;
  const left: { value: unknown; name: string; depth: number }[] = [
    { value: input, name: '', depth: 0 },
  ];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, name, depth } = next;
    if (typeof value === 'string') {
      if (!isText(value)) throw unspeakable(name);
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    const isList = Array.isArray(value);
    const keys = isList ? null : Object.keys(value);
    const size = isList ? value.length : keys!.length;
    values += size;
    if (depth >= MAX_DEPTH || values > maxValues || (!isList && size > MAX_KEYS))
      throw refuse('more-than-needed');
    for (let at = 0; at < size; at++) {
      const key = keys ? keys[at]! : String(at);
      if (!isText(key)) throw unspeakable(name || key);
      // Assigning it would set the object's prototype instead of a field.
      if (key === '__proto__') throw invalidField(key, 'unknown-field');
      left.push({
        value: (value as Record<string, unknown>)[key],
        name: name ? `${name}.${key}` : key,
        depth: depth + 1,
      });
    }
  }
}

/** PostgreSQL stores no NUL, and half a surrogate pair is not a character. */
const isText = (value: string) => value.isWellFormed() && !value.includes('\0');

const unspeakable = (name: string) =>
  invalidField(name.slice(0, LONGEST_NAME).toWellFormed(), 'bad-characters');
