import Bell from '#icons/bell';
import Ban from '#icons/ban';
import KeyRound from '#icons/key-round';
import Mail from '#icons/mail';
import MonitorSmartphone from '#icons/monitor-smartphone';
import ShieldCheck from '#icons/shield-check';
import UserRound from '#icons/user-round';
import VolumeX from '#icons/volume-x';
import { resolve } from '$app/paths';
import * as m from '#lib/generated/messages.js';

export const settingsSections = () => [
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
    href: resolve('/(app)/settings/notifications'),
    icon: Bell,
    title: m.settings_notifications_title(),
    text: m.settings_notifications_text(),
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
  {
    href: resolve('/(app)/settings/sessions'),
    icon: MonitorSmartphone,
    title: m.settings_sessions_title(),
    text: m.settings_sessions_text(),
  },
];
