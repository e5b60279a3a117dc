import Bell from '#icons/bell';
import Ban from '#icons/ban';
import ChartNoAxesColumn from '#icons/chart-no-axes-column';
import Compass from '#icons/compass';
import Download from '#icons/download';
import Fingerprint from '#icons/fingerprint';
import KeyRound from '#icons/key-round';
import Link2 from '#icons/link-2';
import Mail from '#icons/mail';
import MonitorSmartphone from '#icons/monitor-smartphone';
import PackageOpen from '#icons/package-open';
import History from '#icons/history';
import Plug from '#icons/plug';
import ShieldCheck from '#icons/shield-check';
import Smartphone from '#icons/smartphone';
import UserCog from '#icons/user-cog';
import UserRound from '#icons/user-round';
import VolumeX from '#icons/volume-x';
import Wrench from '#icons/wrench';
import { may } from '@echomate/contracts/permissions';
import type { Role } from '@echomate/contracts/users.dto';
import { resolve } from '$app/paths';
import * as m from '#lib/generated/messages.js';

export const settingsSections = (role: Role, hasOutsideLogins: boolean) => [
  ...(may(role, 'site.manage')
    ? [
        {
          href: resolve('/(app)/admin'),
          icon: Wrench,
          title: m.admin_title(),
          text: m.admin_settings_text(),
        },
      ]
    : []),
  {
    href: resolve('/(app)/settings/profile'),
    icon: UserRound,
    title: m.settings_profile_title(),
    text: m.settings_profile_text(),
  },
  {
    href: resolve('/(app)/settings/privacy'),
    icon: ShieldCheck,
    title: m.settings_privacy_title(),
    text: m.settings_privacy_text(),
  },
  {
    href: resolve('/(app)/insights'),
    icon: ChartNoAxesColumn,
    title: m.insights_title(),
    text: m.settings_insights_text(),
  },
  {
    href: resolve('/(app)/settings/notifications'),
    icon: Bell,
    title: m.settings_notifications_title(),
    text: m.settings_notifications_text(),
  },
  {
    href: resolve('/(app)/settings/suggestions'),
    icon: Compass,
    title: m.settings_suggestions_title(),
    text: m.settings_suggestions_text(),
  },
  {
    href: resolve('/(app)/settings/blocked'),
    icon: Ban,
    title: m.settings_blocked_title(),
    text: m.settings_blocked_text(),
  },
  {
    href: resolve('/(app)/settings/muted'),
    icon: VolumeX,
    title: m.settings_muted_title(),
    text: m.settings_muted_text(),
  },
  {
    href: resolve('/(app)/settings/email'),
    icon: Mail,
    title: m.settings_email_title(),
    text: m.settings_email_text(),
  },
  {
    href: resolve('/(app)/settings/password'),
    icon: KeyRound,
    title: m.settings_password_title(),
    text: m.settings_password_text(),
  },
  ...(hasOutsideLogins
    ? [
        {
          href: resolve('/(app)/settings/logins'),
          icon: Link2,
          title: m.settings_logins_title(),
          text: m.settings_logins_text(),
        },
      ]
    : []),
  {
    href: resolve('/(app)/settings/two-step'),
    icon: Smartphone,
    title: m.two_step_title(),
    text: m.two_step_entry(),
  },
  {
    href: resolve('/(app)/settings/passkeys'),
    icon: Fingerprint,
    title: m.passkeys_title(),
    text: m.passkeys_entry(),
  },
  {
    href: resolve('/(app)/settings/sessions'),
    icon: MonitorSmartphone,
    title: m.settings_sessions_title(),
    text: m.settings_sessions_text(),
  },
  {
    href: resolve('/(app)/settings/history'),
    icon: History,
    title: m.settings_history_title(),
    text: m.settings_history_text(),
  },
  {
    href: resolve('/(app)/settings/apps'),
    icon: Plug,
    title: m.settings_apps_title(),
    text: m.settings_apps_text(),
  },
  {
    href: resolve('/(app)/settings/export'),
    icon: Download,
    title: m.settings_data_title(),
    text: m.settings_data_text(),
  },
  {
    href: resolve('/(app)/settings/import'),
    icon: PackageOpen,
    title: m.importing_title(),
    text: m.importing_text(),
  },
  {
    href: resolve('/(app)/settings/account'),
    icon: UserCog,
    title: m.settings_account_title(),
    text: m.settings_account_text(),
  },
];
