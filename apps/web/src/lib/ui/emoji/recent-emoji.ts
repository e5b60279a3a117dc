import { store, stored } from '#lib/storage.ts';
import { TONES, type Tone } from './tones.ts';

/** Kept on this device alone. */
const RECENT = 'emoji:recent';
const TONE = 'emoji:tone';
const MOST = 24;

export const recentEmoji = (): string[] => stored(RECENT)?.split(' ').filter(Boolean) ?? [];

export const rememberEmoji = (emoji: string) =>
  store(RECENT, [...new Set([emoji, ...recentEmoji()])].slice(0, MOST).join(' '));

export const chosenTone = (): Tone => TONES.find((tone) => tone === stored(TONE)) ?? '';

export const chooseTone = (tone: Tone) => store(TONE, tone);
