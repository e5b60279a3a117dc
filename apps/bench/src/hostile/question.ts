import type { Person } from '../people.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Sent = Record<string, unknown> | FormData;

/** One request that is measured: asked again and again, on the same rows. */
export interface Question {
  method: Method;
  /** Behind `/api/v1` */
  path: string;
  /** What makes it hostile. */
  about: string;
  as: Person;
  body?: Sent;
  /** 404 where that is the right answer; all below 300 otherwise. */
  expected?: 404;
  /** Sent after each time, not measured: puts back what the question changed. */
  undo?: { method: Method; path: string; body?: Sent };
  /** Two that share it must take the same time: what is hidden, and what does not exist. */
  twin?: { name: string; is: 'hidden' | 'absent' };
}

export const get = (
  as: Person,
  path: string,
  about: string,
  more: Pick<Question, 'expected' | 'twin'> = {},
): Question => ({ method: 'GET', path, about, as, ...more });

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The route and what its query says, but for ids and cursors. */
export const nameOf = ({ method, path }: Question): string =>
  `${method} ${path
    .replace(/&?cursor=[^&]*/, '')
    .replace(ID, ':id')
    .replace(/\?$/, '')}`;
