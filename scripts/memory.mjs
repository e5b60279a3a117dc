/**
 * Node takes what it is given: without a bound both servers grow to twice of what they need before they collect garbage.
 * NODE_OPTIONS of one's own take the place of these.
 */
export const MEMORY = {
  api: '--max-old-space-size=160 --max-semi-space-size=4',
  web: '--max-old-space-size=96 --max-semi-space-size=8',
};
