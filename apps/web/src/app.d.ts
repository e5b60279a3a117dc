import type { Frame } from '@echomate/contracts/frame.dto';
import type { Brand, Site } from '@echomate/contracts/site.dto';
import type { Api } from '#lib/server/api.ts';
import type { Reader } from '#lib/reader.ts';
import type { Theme } from '#lib/theme.ts';

declare global {
  namespace App {
    interface Locals {
      api: Api;
      /**
       * Null if nobody is signed in, undefined if the api could not say. A promise, so that a page asks for its data at
       * the same time; the api refuses who is not signed in by itself.
       */
      session: Promise<Frame | null | undefined>;
      /** Asked for once. */
      site: () => Promise<Site>;
      theme: Theme;
      reader: Reader;
    }
    interface PageData {
      /** Missing where not even the root's data could be loaded. */
      reader?: Reader;
      brand?: Brand | undefined;
    }
    interface PageState {
      /** What lies over the page, the lowest first. */
      over?: string[];
    }
  }
}

export {};
