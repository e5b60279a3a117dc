/** `npm run build`: everything that starting needs, from a fresh clone, without starting it. */
import { build, prepare } from './prepare.mjs';

await prepare();
await build();
