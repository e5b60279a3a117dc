/** Run in apps/api: reads the contract classes and controllers and writes what the API documentation shows. */
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const source = join(process.cwd(), 'src');
const written = join(source, 'metadata.ts');

// The generator type-checks the program, which imports what is about to be written.
await writeFile(written, 'export default async () => ({});\n');

new PluginMetadataGenerator().generate({
  visitors: [
    new ReadonlyVisitor({
      introspectComments: true,
      classValidatorShim: true,
      dtoFileNameSuffix: ['.dto.ts'],
      controllerFileNameSuffix: ['.controller.ts'],
      pathToSource: source,
      esmCompatible: true,
    }),
  ],
  outputDir: source,
  // Without the tests: a mistake in one of them must not leave the documentation empty.
  tsconfigPath: 'tsconfig.metadata.json',
  printDiagnostics: false,
});

// The generator names contracts by their place in the tree; the program knows them by their package.
const text = await readFile(written, 'utf8');
await writeFile(
  written,
  text.replaceAll(/(?:\.\.\/)+libs\/contracts\/src\/([\w.-]+)\.js/g, '@echomate/contracts/$1'),
);
