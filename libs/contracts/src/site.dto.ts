import { IsIn } from 'class-validator';
import {
  IfGiven,
  IsListOfRules,
  IsOptionalEmailAddress,
  IsOptionalText,
  IsSiteName,
} from './fields.js';
import { LIMITS, SITE_COLOURS } from './limits.js';
import { saying } from './saying.js';

/** Who may register: everyone, who has a link, or whom an admin lets in. */
export const REGISTRATION_MODES = ['open', 'invitation', 'approval'] as const;
export type RegistrationMode = (typeof REGISTRATION_MODES)[number];

export type SiteColour = (typeof SITE_COLOURS)[number];

/** PNG pictures, of any shape for pages, and square. Every upload has new URLs. */
export class SiteLogo {
  /** At most 480 by 96 */
  mark!: string;
  width!: number;
  height!: number;
  /** 192 by 192 */
  icon!: string;
  /** 512 by 512 */
  largeIcon!: string;
}

/** What stands around every page. */
export class Brand {
  /** @example "Bee Town" */
  name!: string;
  colour!: SiteColour;
  logo!: SiteLogo | null;
}

/** What every visitor may know of this site. */
export class Site extends Brand {
  /** @example "For everyone who keeps bees here." */
  welcome!: string | null;
  /** Whoever registers accepts them. */
  rules!: string[];
  /** @example hello@example.org */
  contact!: string | null;
  registration!: RegistrationMode;
  /** Nobody has an account yet; the first one will be the admin. */
  isNew!: boolean;
}

export class SiteSettings extends Brand {
  welcome!: string | null;
  rules!: string[];
  contact!: string | null;
  registration!: RegistrationMode;
  /** Somebody has saved them once. */
  isSetUp!: boolean;
}

export class UpdateSiteRequest {
  /** @example "Bee Town" */
  @IfGiven()
  @IsSiteName()
  name?: string;

  /** @example forest */
  @IfGiven()
  @IsIn(SITE_COLOURS, saying('invalid-choice', { choices: SITE_COLOURS.join(', ') }))
  colour?: SiteColour;

  /** @example "For everyone who keeps bees here." */
  @IsOptionalText(LIMITS.site.welcome.maxLength)
  welcome?: string | null;

  /** @example ["Be kind.", "No advertising."] */
  @IfGiven()
  @IsListOfRules()
  rules?: string[];

  /**
   * Where visitors can ask
   * @example hello@example.org
   */
  @IsOptionalEmailAddress()
  contact?: string | null;

  /** @example open */
  @IfGiven()
  @IsIn(REGISTRATION_MODES, saying('invalid-choice', { choices: REGISTRATION_MODES.join(', ') }))
  registration?: RegistrationMode;
}
