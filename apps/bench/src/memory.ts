/** What both servers are given by whoever runs them with `npm start`: `scripts/memory.mjs`. */
export const MEMORY = {
  api: ['--max-old-space-size=160', '--max-semi-space-size=4'],
  web: ['--max-old-space-size=96', '--max-semi-space-size=8'],
};
