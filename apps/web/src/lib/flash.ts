/** The cookie with a notice for the next page. */
export const FLASH = 'echomate_notice';
