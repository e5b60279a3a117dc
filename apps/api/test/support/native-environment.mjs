import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const realDate = Date;

/** Gives tests what `native-modules.mjs` has Node load. */
export default class NativeEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireNatively = createRequire(import.meta.url);
    // Packages have extended this one.
    this.global.Reflect = Reflect;
  }

  async teardown() {
    // The classes go on to the next file.
    this.moduleMocker?.restoreAllMocks();
    await super.teardown();
    if (Date !== realDate) throw new Error('A test that sets the clock has to import it itself.');
  }
}
