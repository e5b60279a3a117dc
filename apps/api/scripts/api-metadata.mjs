/** Run in apps/api: reads the contract classes and controllers and writes what the API documentation shows. */
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

const source = join(process.cwd(), 'src');
const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, '.');
// It is not type-checked: that is the work of `types`, and takes most of the time.
const program = ts.createProgram([join(source, 'app.module.ts')], options);

const visitor = new ReadonlyVisitor({
  introspectComments: true,
  classValidatorShim: true,
  dtoFileNameSuffix: ['.dto.ts'],
  controllerFileNameSuffix: ['.controller.ts'],
  pathToSource: source,
  esmCompatible: true,
});
for (const file of program.getSourceFiles())
  if (!file.isDeclarationFile) visitor.visit(program, file);

/**
 * What the visitor collects: expressions in objects, or in lists of a file and what it holds.
 *
 * @typedef {ts.ObjectLiteralExpression | { [name: string]: Collected } | [ts.Expression, { [name: string]: Collected }][]} Collected
 */

const printer = ts.createPrinter();
const nowhere = ts.createSourceFile('metadata.ts', '', ts.ScriptTarget.Latest);
const print = (/** @type {ts.Node} */ node) =>
  printer.printNode(ts.EmitHint.Unspecified, node, nowhere);

/**
 * @param {Collected} collected
 * @returns {string}
 */
function written(collected) {
  if (Array.isArray(collected)) {
    const files = collected.map(([file, content]) => `[${print(file)}, ${written(content)}]`);
    return `[${files.join(', ')}]`;
  }
  if ('kind' in collected && typeof collected.kind === 'number')
    return print(/** @type {ts.Node} */ (/** @type {unknown} */ (collected)));
  const entries = Object.entries(collected);
  return `{ ${entries.map(([name, value]) => `${JSON.stringify(name)}: ${written(value)}`).join(', ')} }`;
}

/**
 * The visitor names some contracts by their place in the tree; the program knows them by their package.
 *
 * @param {string} text
 */
const byPackage = (text) =>
  text
    .replaceAll(/(?<=import\(")(\.[^"]*?)(?:\.js)?(?="\))/g, '$1.js')
    .replaceAll(/(?:\.\.\/)+libs\/contracts\/src\/([\w.-]+)\.js/g, '@echomate/contracts/$1');

const imports = Object.entries(visitor.typeImports).map(([name, module]) =>
  byPackage(`    [${JSON.stringify(name)}]: ${module}`),
);
const text = `export default async () => {
  const t = {
${[...new Set(imports)].join(',\n')}
  };
  return { ${JSON.stringify(visitor.key)}: ${byPackage(written(visitor.collect()))} };
};
`;
await writeFile(join(source, 'metadata.ts'), text);
