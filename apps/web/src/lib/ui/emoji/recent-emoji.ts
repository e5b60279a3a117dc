import { TONES, type Tone } from './tones.ts';

/** Kept on this device alone. */
const RECENT = 'emoji:recent';
const TONE = 'emoji:tone';
const MOST = 24;

const stored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const store = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then it is not remembered.
  }
};

export const recentEmoji = (): string[] => stored(RECENT)?.split(' ').filter(Boolean) ?? [];

export const rememberEmoji = (emoji: string) =>
  store(RECENT, [...new Set([emoji, ...recentEmoji()])].slice(0, MOST).join(' '));

export const chosenTone = (): Tone => TONES.find((tone) => tone === stored(TONE)) ?? '';

export const chooseTone = (tone: Tone) => store(TONE, tone);
