import type { ProfileFields } from '@echomate/contracts/users.dto';
import { sql, type Sql } from '../../platform/database/statements.js';

/** A column of `users u` that is shown on a profile. */
interface ShownField {
  column: Sql;
  /** The column with its visibility; without one, everyone who sees the profile sees the field. */
  switch?: Sql;
}

/** The fields of a profile beyond the card, for reading as well as showing it. */
export const SHOWN_FIELDS = {
  email: { column: sql`u.email`, switch: sql`u.email_visibility` },
  dateOfBirth: { column: sql`u.date_of_birth`, switch: sql`u.date_of_birth_visibility` },
  about: { column: sql`u.about` },
} as const satisfies Record<string, ShownField>;

export type ShownName = keyof typeof SHOWN_FIELDS;

/** Values of these fields; null if empty or hidden from the viewer. */
export type ShownValues = Record<ShownName, string | null>;

/** Values of fields that registration does not ask for. */
export const DEFAULTS = {
  nickname: null,
  about: null,
  visibility: 'public',
  emailVisibility: 'profile',
  dateOfBirthVisibility: 'profile',
} as const satisfies Partial<ProfileFields>;

const fields = Object.entries(SHOWN_FIELDS) as [ShownName, ShownField][];

/** Each field by name, null unless `isSeen` holds. */
export const shownColumns = (isSeen: (field: ShownField) => Sql): Record<string, Sql> =>
  Object.fromEntries(
    fields.map(([name, field]) => [name, sql`CASE WHEN ${isSeen(field)} THEN ${field.column} END`]),
  );

/** Each field with its visibility, for the owner. */
export const ownColumns: Record<string, Sql> = Object.fromEntries(
  fields.flatMap(([name, field]) => [
    [name, field.column],
    ...(field.switch ? [[`${name}Visibility`, field.switch] as const] : []),
  ]),
);

/** The fields with these names of a row. */
const picked = <Name extends string, Row extends Record<Name, unknown>>(row: Row, names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<Row, Name>;

export const shownValues = (row: ShownValues): ShownValues =>
  picked(
    row,
    fields.map(([name]) => name),
  );

type SwitchName = Extract<keyof ProfileFields, `${string}Visibility`>;

export const ownValues = <Row extends Record<ShownName | SwitchName, unknown>>(row: Row) =>
  picked(row, Object.keys(ownColumns) as (ShownName | SwitchName)[]);
