import type { RegistrationMode, SiteColour } from '@echomate/contracts/site.dto';
import { Entity } from 'typeorm';
import { Text, Time } from '../database/columns.js';

/** One row, from the first time somebody saves it. */
@Entity('site_settings')
export class StoredSite {
  @Text({ primary: true })
  key!: string;

  @Text()
  name!: string;

  @Text({ default: 'marine' })
  colour!: SiteColour;

  /** JSON of the id and the shape of its files */
  @Text({ nullable: true })
  logo!: string | null;

  @Text({ nullable: true })
  welcome!: string | null;

  /** JSON of a list of texts */
  @Text()
  rules!: string;

  @Text({ nullable: true })
  contact!: string | null;

  @Text()
  registration!: RegistrationMode;

  @Time()
  changedAt!: string;
}
