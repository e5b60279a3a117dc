export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** The colour `paper` of `app.css`, for what is drawn around a page. */
export const PAPER = { light: '#f9f4ea', dark: '#0d181c' };
