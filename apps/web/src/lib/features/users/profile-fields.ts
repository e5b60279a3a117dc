import type { Component } from 'svelte';
import type { HTMLInputAttributes } from 'svelte/elements';
import Cake from '#icons/cake';
import { LIMITS } from '@echomate/contracts/limits';
import type { UpdateProfileRequest } from '@echomate/contracts/users.dto';
import * as m from '#lib/generated/messages.js';
import { dayOf, type Reader } from '#lib/reader.ts';

type Name = keyof UpdateProfileRequest;

/** Who sees a field, where people can choose. */
export interface FieldSwitch {
  name: Extract<Name, `${string}Visibility`>;
  label: () => string;
}

interface AnyField {
  name: Exclude<Name, FieldSwitch['name'] | 'email'>;
  label: () => string;
  isRequired?: boolean;
  autocomplete?: HTMLInputAttributes['autocomplete'];
  switch?: FieldSwitch;
  /** Whether the profile page lists it under the details, and in which format */
  detail?: {
    icon: Component;
    label: () => string;
    write?: (value: string, reader: Reader) => string;
  };
}

export type ProfileField = AnyField &
  ({ input: 'date' } | { input: 'line' | 'text'; maxlength: number });

/** The profile fields, in order: registration, settings and profile pages follow this list. */
export const PROFILE_FIELDS: ProfileField[] = [
  {
    name: 'firstName',
    label: m.users_first_name,
    input: 'line',
    isRequired: true,
    maxlength: LIMITS.name.maxLength,
    autocomplete: 'given-name',
  },
  {
    name: 'lastName',
    label: m.users_last_name,
    input: 'line',
    isRequired: true,
    maxlength: LIMITS.name.maxLength,
    autocomplete: 'family-name',
  },
  {
    name: 'dateOfBirth',
    label: m.users_date_of_birth,
    input: 'date',
    isRequired: true,
    autocomplete: 'bday',
    switch: { name: 'dateOfBirthVisibility', label: m.users_date_of_birth_visibility },
    detail: { icon: Cake, label: m.profile_date_of_birth, write: dayOf },
  },
  {
    name: 'nickname',
    label: m.users_nickname,
    input: 'line',
    maxlength: LIMITS.nickname.maxLength,
    autocomplete: 'nickname',
  },
  { name: 'about', label: m.users_about, input: 'text', maxlength: LIMITS.about.maxLength },
];

/** The names of all profile fields in a form. */
export const FIELD_NAMES: Name[] = PROFILE_FIELDS.flatMap((field) =>
  field.switch ? [field.name, field.switch.name] : [field.name],
);

export const EMAIL_SWITCH: FieldSwitch = {
  name: 'emailVisibility',
  label: m.users_email_visibility,
};

interface Switched {
  field: FieldSwitch;
  of: 'email' | ProfileField['name'];
  write?: ((value: string, reader: Reader) => string) | undefined;
}

/** The fields with a visibility of their own, and how their values are written. */
export const SWITCHES: Switched[] = [
  { field: EMAIL_SWITCH, of: 'email' },
  ...PROFILE_FIELDS.flatMap((field) =>
    field.switch ? [{ field: field.switch, of: field.name, write: field.detail?.write }] : [],
  ),
];
