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
import { faultOfName } from './names.js';

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

/**
 * Plain letters alone: `toLowerCase` makes some others into plain ones, look-alikes deceive who reads, and
 * half a character cannot be encoded. A domain in other letters has a plain spelling (`xn--…`).
 */
const isPlainAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LIMITS.email.maxLength &&
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]+$/.test(value) &&
  isEmail(value);

const tidiedAddress = Transform(({ value }: { value: unknown }) => {
  if (typeof value !== 'string' || value.length > 2 * LIMITS.email.maxLength) return value;
  const text = value.trim();
  return /^[\x21-\x7e]*$/.test(text) ? text.toLowerCase() : text;
});

export const IsEmailAddress = () =>
  all(
    tidiedAddress,
    ValidateBy({
      name: 'emailAddress',
      validator: {
        validate: isPlainAddress,
        defaultMessage: () => 'Enter an email address, such as ada@example.org.',
      },
    }),
  );

/** The address as typed to find an account: only looked up, so whatever was once accepted still is. */
export const IsAccountEmail = () =>
  all(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.length <= 2 * LIMITS.email.maxLength
        ? value.trim().toLowerCase()
        : value,
    ),
    ValidateBy({
      name: 'accountEmail',
      validator: {
        validate: (value) =>
          typeof value === 'string' &&
          value.length <= LIMITS.email.maxLength &&
          value.isWellFormed() &&
          isEmail(value),
        defaultMessage: () => 'Enter an email address, such as ada@example.org.',
      },
    }),
  );

/** The credential as typed at log-in: never trimmed, never judged, only bounded. */
export const IsCredential = () => Length(1, 1024, { message: 'Enter your password.' });

/** Judged before anything else is done with it: no character takes more than two units. */
const isTooLong = (password: string) =>
  password.length > 2 * LIMITS.password.maxLength ||
  [...password].length > LIMITS.password.maxLength;

const faultOfPassword = (value: unknown): string | null => {
  const tooShort = `Use at least ${LIMITS.password.minLength} characters.`;
  if (typeof value !== 'string') return tooShort;
  if (isTooLong(value)) return `Use at most ${LIMITS.password.maxLength} characters.`;
  if ([...value.normalize('NFC')].length < LIMITS.password.minLength) return tooShort;
  if (!value.isWellFormed() || value.includes('\0'))
    return 'This contains characters that cannot be typed again.';
  if (!/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(value))
    return 'A password of spaces alone is easy to guess. Choose another.';
  return null;
};

export const IsNewPassword = () =>
  ValidateBy({
    name: 'newPassword',
    validator: {
      validate: (value) => faultOfPassword(value) === null,
      defaultMessage: (args) => faultOfPassword(args?.value) ?? '',
    },
  });

/** What people are called must be there to be seen, and must not disturb what stands around it. */
const readsAsName = ValidateBy({
  name: 'readsAsName',
  validator: {
    validate: (value) => typeof value !== 'string' || faultOfName(value) === null,
    defaultMessage: (args) => faultOfName(String(args?.value)) ?? '',
  },
});

export const IsPersonName = (which: string) =>
  all(
    tidied(LIMITS.name.maxLength),
    readsAsName,
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

export const IsNickname = () =>
  all(readsAsName, IsOptionalText('the nickname', LIMITS.nickname.maxLength));

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
