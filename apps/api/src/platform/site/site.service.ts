import { Injectable } from '@nestjs/common';
import type {
  Brand,
  SiteLogo,
  SiteSettings,
  UpdateSiteRequest,
} from '@echomate/contracts/site.dto';
import { locks } from '../database/locks.js';
import type { Reader, Transaction } from '../database/statements.js';
import { SiteRepository, type SiteRow } from './site.repository.js';

/** The files of a logo, and the shape of the one that pages show. */
export interface StoredLogo {
  id: string;
  width: number;
  height: number;
}

interface Stored extends Omit<SiteSettings, 'logo'> {
  logo: StoredLogo | null;
}

const NEW_SITE: Stored = {
  name: 'Echomate',
  colour: 'marine',
  logo: null,
  welcome: null,
  rules: [],
  contact: null,
  registration: 'open',
  isSetUp: false,
};

/** What this installation is called, what holds on it, and who may register. Read anew every time: it holds at once. */
@Injectable()
export class SiteService {
  constructor(private readonly repository: SiteRepository) {}

  async settings(reader?: Reader): Promise<SiteSettings> {
    return toSettings(fromRow(await this.repository.find(reader)));
  }

  async brand(): Promise<Brand> {
    const { name, colour, logo } = await this.settings();
    return { name, colour, logo };
  }

  async name(): Promise<string> {
    return (await this.repository.find())?.name ?? NEW_SITE.name;
  }

  async logo(reader?: Reader): Promise<StoredLogo | null> {
    return fromRow(await this.repository.find(reader)).logo;
  }

  async change(
    transaction: Transaction,
    changes: UpdateSiteRequest & { logo?: StoredLogo | null },
  ): Promise<SiteSettings> {
    await locks.site(transaction);
    const before = fromRow(await this.repository.find(transaction));
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const after: Stored = { ...before, ...Object.fromEntries(given), isSetUp: true };
    await this.repository.save(transaction, toRow(after));
    return toSettings(after);
  }
}

const fromRow = (row: SiteRow | null): Stored =>
  row
    ? {
        ...row,
        logo: row.logo === null ? null : (JSON.parse(row.logo) as StoredLogo),
        rules: JSON.parse(row.rules) as string[],
        isSetUp: true,
      }
    : NEW_SITE;

const toRow = ({ isSetUp: _, logo, rules, ...rest }: Stored): SiteRow => ({
  ...rest,
  logo: logo && JSON.stringify(logo),
  rules: JSON.stringify(rules),
});

const toSettings = ({ logo, ...rest }: Stored): SiteSettings => ({
  ...rest,
  logo: logo && toLogo(logo),
});

const toLogo = ({ id, width, height }: StoredLogo): SiteLogo => {
  const file = (name: string) => `/api/v1/site/logo/${id}/${name}`;
  return { mark: file('mark'), width, height, icon: file('icon'), largeIcon: file('large-icon') };
};
