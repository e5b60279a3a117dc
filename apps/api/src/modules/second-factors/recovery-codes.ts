import { randomInt } from 'node:crypto';
import { LIMITS } from '@echomate/contracts/limits';

/** Without those that look like others. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 12;

const newCode = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(31)]).join('');

export const newCodes = (): string[] => Array.from({ length: LIMITS.recoveryCodes }, newCode);

/** As people write them down. */
export const readable = (code: string): string => code.match(/.{4}/g)!.join('-');
