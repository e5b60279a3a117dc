/** Says for whom an answer is, so that what a browser keeps of it is never shown to somebody else. */
export const VIEWER_HEADER = 'x-echomate-viewer';
/** Its value while nobody is signed in. */
export const NOBODY = 'none';
