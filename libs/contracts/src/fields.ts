import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsDateString,
  IsString,
  IsUUID,
  Length,
  ValidateBy,
  ValidateIf,
  buildMessage,
  isEmail,
} from 'class-validator';
import { LIMITS } from './limits.js';

/** Validation that several shapes share, one decorator a field, with the sentence a person reads. */
const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** Unicode's "stream-safe" limit. Sorting a run of these marks takes time by the square of its length. */
const ENDLESS_MARKS = /\p{M}{31}/u;

/** One character may be typed as several that NFC makes one of. */
const MOST_TO_MAKE_ONE_OF = 4;

/** What is far too long, or takes long, stays as it is: the validators refuse it. */
const tidy = (text: string, maxLength: number): string => {
  const trimmed = text.trim();
  return trimmed.length > maxLength * MOST_TO_MAKE_ONE_OF || ENDLESS_MARKS.test(trimmed)
    ? trimmed
    : trimmed.normalize('NFC');
};

const tidied = (maxLength: number) =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value, maxLength) : value));

/** May be left out, but not emptied: `null` is checked like any other value. */
export const IfGiven = () => ValidateIf((_, value) => value !== undefined);

/** A cleared optional field arrives as an empty string; it means "nothing". */
const emptyMeansNothing = (maxLength: number) =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value, maxLength) || null : value));

/** Unicode calls them "Cc"; a text of several lines may have line breaks and tabs. */
const withoutControlCharacters = (multiline: boolean) =>
  ValidateBy({
    name: 'withoutControlCharacters',
    validator: {
      validate: (value) =>
        typeof value !== 'string' ||
        (!/\p{Cc}/u.test(multiline ? value.replaceAll(/[\r\n\t]/g, '') : value) &&
          !ENDLESS_MARKS.test(value)),
      defaultMessage: buildMessage(() => 'This contains characters that cannot be shown.'),
    },
  });

const lowerCase = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : value;

/** Ids are compared as text, so they have one spelling. */
export const IsId = (message: string) =>
  all(
    Transform(({ value }) => lowerCase(value)),
    IsUUID('all', { message }),
  );

/** May be left out; each of them once. */
export const IsListOfIds = (max: number, what: string) =>
  all(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map(lowerCase) : value,
    ),
    IsUUID('all', { each: true, message: `Choose ${what} from the list.` }),
    ArrayUnique({ message: `Choose each of ${what} once.` }),
    IfGiven(),
    // Looked at first: comparing each with each would take long in an endless list.
    ArrayMaxSize(max, { message: `Choose at most ${max}.` }),
  );

export const IsEmailAddress = () =>
  all(
    Transform(({ value }) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
    ValidateBy({
      name: 'isEmail',
      validator: {
        // The length comes first: the rest takes its time.
        validate: (value) =>
          typeof value === 'string' && value.length <= LIMITS.email.maxLength && isEmail(value),
        defaultMessage: () => 'Enter an email address, such as ada@example.org.',
      },
    }),
  );

/** The credential as typed at log-in: never trimmed, never judged, only bounded. */
export const IsCredential = () => Length(1, 1024, { message: 'Enter your password.' });

const passwordBytes = (value: unknown) =>
  typeof value === 'string' ? new TextEncoder().encode(value).length : 0;

/** bcrypt reads 72 bytes; a longer password would be cut silently, so it is refused instead. */
export const IsNewPassword = () =>
  ValidateBy({
    name: 'newPassword',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        !value.includes('\0') &&
        passwordBytes(value) >= LIMITS.password.minBytes &&
        passwordBytes(value) <= LIMITS.password.maxBytes,
      defaultMessage: (args) =>
        passwordBytes(args?.value) > LIMITS.password.maxBytes
          ? `Use at most ${LIMITS.password.maxBytes} bytes (plain letters count one each).`
          : `Use at least ${LIMITS.password.minBytes} characters.`,
    },
  });

export const IsPersonName = (which: string) =>
  all(
    tidied(LIMITS.name.maxLength),
    withoutControlCharacters(false),
    IsString({ message: `Enter your ${which}.` }),
    Length(1, LIMITS.name.maxLength, {
      message: `Enter your ${which}, at most ${LIMITS.name.maxLength} characters.`,
    }),
  );

export const IsOptionalText = (what: string, maxLength: number, multiline = false) =>
  all(
    emptyMeansNothing(maxLength),
    withoutControlCharacters(multiline),
    ValidateBy({
      name: 'optionalText',
      validator: {
        validate: (value) =>
          value === null ||
          value === undefined ||
          (typeof value === 'string' && value.length <= maxLength),
        defaultMessage: () => `Keep ${what} to ${maxLength} characters.`,
      },
    }),
  );

const ageOn = (today: Date, birth: Date) => {
  const years = today.getUTCFullYear() - birth.getUTCFullYear();
  const hadBirthday =
    today.getUTCMonth() > birth.getUTCMonth() ||
    (today.getUTCMonth() === birth.getUTCMonth() && today.getUTCDate() >= birth.getUTCDate());
  return hadBirthday ? years : years - 1;
};

export const IsDateOfBirth = () =>
  all(
    ValidateBy({
      name: 'dateOfBirth',
      validator: {
        validate: (value) => {
          if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return true;
          const birth = new Date(`${value}T00:00:00Z`);
          return (
            birth.getUTCFullYear() >= LIMITS.oldestBirthYear &&
            ageOn(new Date(), birth) >= LIMITS.minimumAge
          );
        },
        defaultMessage: () =>
          `You must be at least ${LIMITS.minimumAge} years old, and born after ${LIMITS.oldestBirthYear - 1}.`,
      },
    }),
    ValidateBy({
      name: 'calendarDay',
      validator: {
        validate: (value) => typeof value === 'string' && isCalendarDay(value),
        defaultMessage: () => 'Enter your date of birth as year-month-day, such as 1990-12-31.',
      },
    }),
    IsDateString(
      {},
      { message: 'Enter your date of birth as year-month-day, such as 1990-12-31.' },
    ),
  );

const isCalendarDay = (value: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

/** A secret from a mailed link. */
export const IsLinkToken = () =>
  all(
    IsString({ message: 'This link is incomplete.' }),
    Length(20, 200, { message: 'This link is incomplete.' }),
  );
