import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsDateString,
  IsString,
  IsUUID,
  Length,
  ValidateBy,
  ValidateIf,
  isEmail,
  type ValidationOptions,
} from 'class-validator';
import { isCalendarDay } from './calendar-day.js';
import { handleOf, isHandle } from './handles.js';
import { LIMITS } from './limits.js';
import { faultOfName } from './names.js';
import { fault, type Fault } from './refusals.js';
import { saying, sayingOf, sayingOneOf } from './saying.js';

/** Shared validation, one decorator per field, each saying which fault it finds. */
const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** Unicode's "stream-safe" limit: sorting a run of these marks takes quadratic time. */
const ENDLESS_MARKS = /\p{M}{31}/u;

/** How many typed characters NFC may combine into one. */
const MOST_TO_MAKE_ONE_OF = 4;

/** Text that is far too long, or slow to normalise, stays as it is: the validators refuse it. */
const tidy = (text: string, maxLength: number): string => {
  const trimmed = text.trim();
  return trimmed.length > maxLength * MOST_TO_MAKE_ONE_OF || ENDLESS_MARKS.test(trimmed)
    ? trimmed
    : trimmed.normalize('NFC');
};

const tidied = (maxLength: number) =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value, maxLength) : value));

/** May be left out but not emptied: `null` is validated like any other value. */
export const IfGiven = () => ValidateIf((_, value) => value !== undefined);

/** A cleared optional field arrives as an empty string, which means "no value". */
const emptyMeansNothing = (maxLength: number) =>
  Transform(({ value }) => (typeof value === 'string' ? tidy(value, maxLength) || null : value));

/** Control characters, Unicode's "Cc"; multi-line texts may have line breaks and tabs. */
const withoutControlCharacters = (multiline: boolean) =>
  ValidateBy(
    {
      name: 'withoutControlCharacters',
      validator: {
        validate: (value) =>
          typeof value !== 'string' ||
          (!/\p{Cc}/u.test(multiline ? value.replaceAll(/[\r\n\t]/g, '') : value) &&
            !ENDLESS_MARKS.test(value)),
      },
    },
    saying('bad-characters'),
  );

/** Text of a length; an empty one is missing. */
const lengthBetween = (min: number, max: number) =>
  Length(
    min,
    max,
    sayingOf((value) =>
      typeof value === 'string' && value.length > max
        ? fault('too-long', { max })
        : fault('required'),
    ),
  );

const lowerCase = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : value;

/** Ids are compared as text, so only one spelling is valid. */
export const IsId = () =>
  all(
    Transform(({ value }) => lowerCase(value)),
    IsUUID('all', saying('invalid-id')),
  );

/** Optional; `null` for none. */
export const IsOptionalId = () =>
  all(
    ValidateIf((_, value) => value !== undefined && value !== null),
    IsId(),
  );

/** Optional; no id twice. */
export const IsListOfIds = (max: number) =>
  all(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map(lowerCase) : value,
    ),
    IsUUID('all', { each: true, ...saying('invalid-id') }),
    ArrayUnique(saying('duplicate')),
    IfGiven(),
    // Checked first: comparing every pair of a very long list would take too long.
    ArrayMaxSize(
      max,
      sayingOf((value) =>
        Array.isArray(value) ? fault('too-many', { max }) : fault('invalid-id'),
      ),
    ),
  );

/**
 * ASCII letters only: `toLowerCase` turns some other letters into ASCII, look-alikes deceive readers, and half a
 * surrogate pair cannot be encoded. A domain in other scripts has an ASCII form (`xn--…`).
 */
const isPlainAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LIMITS.email.maxLength &&
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]+$/.test(value) &&
  isEmail(value);

/** An address that somebody else names, in the spelling that accounts have; null if it is none. */
export const addressIn = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.trim() : '';
  return isPlainAddress(text) ? text.toLowerCase() : null;
};

const tidiedAddress = Transform(({ value }: { value: unknown }) => {
  if (typeof value !== 'string' || value.length > 2 * LIMITS.email.maxLength) return value;
  const text = value.trim();
  return /^[\x21-\x7e]*$/.test(text) ? text.toLowerCase() : text;
});

export const IsEmailAddress = () =>
  all(
    tidiedAddress,
    ValidateBy(
      { name: 'emailAddress', validator: { validate: isPlainAddress } },
      saying('invalid-email'),
    ),
  );

/** An address typed to find an account: it is only looked up, so addresses accepted by older rules still work. */
export const IsAccountEmail = () =>
  all(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.length <= 2 * LIMITS.email.maxLength
        ? value.trim().toLowerCase()
        : value,
    ),
    ValidateBy(
      {
        name: 'accountEmail',
        validator: {
          validate: (value) =>
            typeof value === 'string' &&
            value.length <= LIMITS.email.maxLength &&
            value.isWellFormed() &&
            isEmail(value),
        },
      },
      saying('invalid-email'),
    ),
  );

/** A password typed at log-in: not trimmed and not validated, only limited in length. */
export const IsCredential = () => lengthBetween(1, 1024);

/** Checked first: no character takes more than two units. */
const isTooLong = (password: string) =>
  password.length > 2 * LIMITS.password.maxLength ||
  [...password].length > LIMITS.password.maxLength;

const faultOfPassword = (value: unknown): Fault | null => {
  const tooShort = fault('too-short', { min: LIMITS.password.minLength });
  if (typeof value !== 'string') return tooShort;
  if (isTooLong(value)) return fault('too-long', { max: LIMITS.password.maxLength });
  if ([...value.normalize('NFC')].length < LIMITS.password.minLength) return tooShort;
  if (!value.isWellFormed() || value.includes('\0')) return fault('bad-characters');
  if (!/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(value))
    return fault('only-spaces');
  return null;
};

export const IsNewPassword = () =>
  ValidateBy(
    { name: 'newPassword', validator: { validate: (value) => faultOfPassword(value) === null } },
    sayingOf((value) => faultOfPassword(value)!),
  );

/** A name must be visible, and must not disturb the text around it. */
const readsAsName = ValidateBy(
  {
    name: 'readsAsName',
    validator: { validate: (value) => typeof value !== 'string' || faultOfName(value) === null },
  },
  sayingOf((value) => faultOfName(String(value))!),
);

export const IsPersonName = () =>
  all(
    tidied(LIMITS.name.maxLength),
    readsAsName,
    withoutControlCharacters(false),
    IsString(saying('required')),
    lengthBetween(1, LIMITS.name.maxLength),
  );

/** One line of words that must be visible. */
const isTitle = (maxLength: number) =>
  all(
    tidied(maxLength),
    readsAsName,
    withoutControlCharacters(false),
    IsString(saying('required')),
    lengthBetween(1, maxLength),
  );

export const IsGroupTitle = () => isTitle(LIMITS.group.title.maxLength);
export const IsEventTitle = () => isTitle(LIMITS.event.title.maxLength);
export const IsOptionTitle = () => isTitle(LIMITS.event.option.maxLength);

export const IsPasskeyName = () => isTitle(LIMITS.passkey.name.maxLength);

export const IsProgramName = () => isTitle(LIMITS.program.name.maxLength);
export const IsSiteName = () => isTitle(LIMITS.site.name.maxLength);

export const IsOptionalText = (maxLength: number, multiline = false) =>
  all(
    emptyMeansNothing(maxLength),
    withoutControlCharacters(multiline),
    ValidateBy(
      {
        name: 'optionalText',
        validator: {
          validate: (value) =>
            value === null ||
            value === undefined ||
            (typeof value === 'string' && value.length <= maxLength),
        },
      },
      sayingOf((value) =>
        typeof value === 'string' ? fault('too-long', { max: maxLength }) : fault('not-text'),
      ),
    ),
  );

/** Optional text whose length is judged as it arrives, before anything is trimmed or composed. */
export const IsRawText = (maxLength: number) =>
  all(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.length <= maxLength
        ? tidy(value, maxLength) || null
        : value,
    ),
    withoutControlCharacters(true),
    ValidateBy(
      {
        name: 'rawText',
        validator: {
          validate: (value) =>
            value === null ||
            value === undefined ||
            (typeof value === 'string' && value.length <= maxLength && value.isWellFormed()),
        },
      },
      sayingOf((value) => {
        if (typeof value !== 'string') return fault('not-text');
        return value.length > maxLength
          ? fault('too-long', { max: maxLength })
          : fault('bad-characters');
      }),
    ),
  );

/** One emoji, of however many code points. */
export const IsEmoji = () =>
  ValidateBy(
    {
      name: 'emoji',
      validator: {
        validate: (value) =>
          typeof value === 'string' && value.length <= 40 && /^\p{RGI_Emoji}$/v.test(value),
      },
    },
    saying('not-an-emoji'),
  );

export const IsNickname = () => all(readsAsName, IsOptionalText(LIMITS.nickname.maxLength));

const tidiedHandle = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && value.length <= 4 * LIMITS.handle.maxLength
    ? handleOf(value)
    : value,
);

const readsAsHandle = ValidateBy(
  {
    name: 'handle',
    validator: { validate: (value) => typeof value === 'string' && isHandle(value) },
  },
  saying('invalid-handle', { min: LIMITS.handle.minLength, max: LIMITS.handle.maxLength }),
);

export const IsHandle = () => all(tidiedHandle, readsAsHandle);

/** Left empty, one is made of the name. */
export const IsOptionalHandle = () =>
  all(
    tidiedHandle,
    readsAsHandle,
    ValidateIf((_, value) => value !== undefined && value !== null && value !== ''),
  );

const ageOn = (today: Date, birth: Date) => {
  const years = today.getUTCFullYear() - birth.getUTCFullYear();
  const hadBirthday =
    today.getUTCMonth() > birth.getUTCMonth() ||
    (today.getUTCMonth() === birth.getUTCMonth() && today.getUTCDate() >= birth.getUTCDate());
  return hadBirthday ? years : years - 1;
};

const faultOfBirthDate = (value: unknown): Fault | null => {
  if (typeof value !== 'string' || !isCalendarDay(value)) return fault('invalid-date');
  const birth = new Date(`${value}T00:00:00Z`);
  if (birth.getUTCFullYear() < LIMITS.oldestBirthYear) return fault('too-long-ago');
  return ageOn(new Date(), birth) < LIMITS.minimumAge
    ? fault('too-young', { age: LIMITS.minimumAge })
    : null;
};

export const IsDateOfBirth = () =>
  all(
    ValidateBy(
      { name: 'dateOfBirth', validator: { validate: (value) => faultOfBirthDate(value) === null } },
      sayingOf((value) => faultOfBirthDate(value)!),
    ),
    IsDateString({}, saying('invalid-date')),
  );

const isDay = (value: unknown): boolean => typeof value === 'string' && isCalendarDay(value);

/** A day and a time of it on somebody's clock: no zone, no seconds. */
const isLocalTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^.{10}T([01]\d|2[0-3]):[0-5]\d$/.test(value) &&
  isCalendarDay(value.slice(0, 10));

const isTimeOfDay = (value: unknown): boolean =>
  typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** Names only: an offset does not know when clocks change. */
const isZone = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^[A-Za-z][\w/+-]{1,60}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
};

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(value) &&
  isCalendarDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));

const validated = (name: string, validate: (value: unknown) => boolean, said: ValidationOptions) =>
  ValidateBy({ name, validator: { validate } }, said);

const unlessEmpty = ValidateIf((_, value) => value !== undefined && value !== null);
const emptyIsNull = Transform(({ value }: { value: unknown }) => (value === '' ? null : value));

export const IsDay = () => validated('day', isDay, saying('invalid-date'));
export const IsOptionalDay = () => all(emptyIsNull, unlessEmpty, IsDay());
export const IsLocalTime = () => validated('localTime', isLocalTime, saying('invalid-local-time'));
export const IsOptionalLocalTime = () => all(emptyIsNull, unlessEmpty, IsLocalTime());
/** So many bytes in base64url, as browsers give keys. */
export const IsBytes = (count: number) =>
  validated(
    'bytes',
    (value) =>
      typeof value === 'string' &&
      new RegExp(`^[\\w-]{${Math.ceil((count * 4) / 3)}}=*$`).test(value) &&
      value.length < count * 2,
    saying('not-a-push-address'),
  );
/** An https address, or whatever the server takes for one. */
export const IsAddress = (maxLength: number) =>
  validated(
    'address',
    (value) =>
      typeof value === 'string' &&
      value.length <= maxLength &&
      /^https?:\/\/[\x21-\x7e]+$/.test(value),
    saying('not-a-push-address'),
  );
export const IsOptionalTimeOfDay = () =>
  all(emptyIsNull, unlessEmpty, validated('timeOfDay', isTimeOfDay, saying('invalid-time-of-day')));
export const IsZone = () => validated('zone', isZone, saying('unknown-zone'));
export const IsOptionalTime = () =>
  all(
    ValidateIf((_, value) => value !== undefined),
    validated('time', isTime, saying('invalid-time')),
  );

/** From two to ten, each with another title. */
export const IsOptions = () => {
  const { minOptions: min, maxOptions: max } = LIMITS.event;
  const faultOfOptions = (value: unknown): Fault | null => {
    if (!Array.isArray(value) || value.length < min) return fault('too-few-options', { min });
    if (value.length > max) return fault('too-many', { max });
    const titles = value.map((option: { title?: unknown } | null) =>
      typeof option?.title === 'string' ? option.title.toLowerCase() : option,
    );
    return new Set(titles).size < titles.length ? fault('duplicate') : null;
  };
  return ValidateBy(
    { name: 'options', validator: { validate: (value) => faultOfOptions(value) === null } },
    sayingOf((value) => faultOfOptions(value)!),
  );
};

/** Bytes as browsers give them. */
export const IsBase64Url = (maxLength: number) =>
  validated(
    'base64url',
    (value) => typeof value === 'string' && value.length <= maxLength && /^[\w-]+$/.test(value),
    saying('invalid-passkey'),
  );

/** What the server has sealed and gets back. */
export const IsSealed = () =>
  validated(
    'sealed',
    (value) => typeof value === 'string' && value.length <= 1000 && /^[\w-]+$/.test(value),
    saying('setup-over'),
  );

/** A few words such as `usb`; browsers may know more of them. */
export const IsListOfTransports = () =>
  all(
    IfGiven(),
    validated(
      'transports',
      (value) =>
        Array.isArray(value) &&
        value.length <= 10 &&
        value.every((one) => typeof one === 'string' && /^[\w-]{1,30}$/.test(one)),
      saying('invalid-passkey'),
    ),
  );

/** Of an app, or a recovery code; spaces and hyphens do not count. */
export const IsCode = () =>
  all(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.length <= 100
        ? value.replace(/[\s-]/g, '').toLowerCase()
        : value,
    ),
    validated(
      'code',
      (value) => typeof value === 'string' && /^[a-z0-9]{6,20}$/.test(value),
      sayingOf((value) => (value ? fault('wrong-code') : fault('required'))),
    ),
  );

/** The secret from a mailed link. */
export const IsLinkToken = () =>
  all(IsString(saying('incomplete-link')), Length(20, 200, saying('incomplete-link')));

/** A yes or no in the query of an address. */
export const IsFlag = (): PropertyDecorator =>
  all(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean(sayingOneOf(['true', 'false'])),
  );

/** Optional; forms send it as text. */
export const IsYes = () =>
  all(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' || value === '' ? false : value,
    ),
    ValidateIf((_, value) => value !== undefined && value !== null),
    IsBoolean(saying('invalid-choice', { choices: 'true, false' })),
  );

/** Cleared, it arrives as an empty string. */
export const IsOptionalEmailAddress = () => all(emptyIsNull, unlessEmpty, IsEmailAddress());

const faultOfRules = (value: unknown): Fault | null => {
  const { maxRules, rule } = LIMITS.site;
  if (!Array.isArray(value)) return fault('not-text');
  if (value.length > maxRules) return fault('too-many', { max: maxRules });
  for (const one of value as unknown[]) {
    if (typeof one !== 'string') return fault('not-text');
    if (one === '') return fault('required');
    if (one.length > rule.maxLength) return fault('too-long', { max: rule.maxLength });
    if (/\p{Cc}/u.test(one) || ENDLESS_MARKS.test(one) || !one.isWellFormed())
      return fault('bad-characters');
  }
  return null;
};

/** Short texts of one line, in their order. */
export const IsListOfRules = () =>
  all(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) && value.length <= LIMITS.site.maxRules
        ? value.map((one: unknown) =>
            typeof one === 'string' ? tidy(one, LIMITS.site.rule.maxLength) : one,
          )
        : value,
    ),
    ValidateBy(
      { name: 'rules', validator: { validate: (value) => faultOfRules(value) === null } },
      sayingOf((value) => faultOfRules(value)!),
    ),
  );
