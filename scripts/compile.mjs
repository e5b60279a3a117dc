/** Run in a project: compiles src to dist with SWC. `tsc` checks types separately. */
import { transformFile } from '@swc/core';
import { glob, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const configFile = join(import.meta.dirname, '../.swcrc');

/** @param {string} project its folder */
const sourcesOf = async (project) =>
  (
    await Array.fromAsync(
      glob('src/**/*.ts', { cwd: project, exclude: (name) => name.endsWith('.spec.ts') }),
    )
  ).map((source) => join(project, source));

/** @param {string} source */
const targetOf = (source) => source.replace(/(?<=^|\/)src(?=\/)/, 'dist').replace(/\.ts$/, '.js');

/**
 * @param {string} source
 * @returns whether what runs is another than before
 */
export async function compileFile(source) {
  const target = targetOf(source);
  const { code, map = '' } = await transformFile(source, {
    sourceMaps: true,
    // As seen from the compiled file, so that stacks name the source.
    sourceFileName: relative(dirname(target), source),
    swcrc: true,
    configFile,
  });
  const text = `${code}//# sourceMappingURL=${target.split('/').at(-1)}.map\n`;
  const before = await readFile(target, 'utf8').catch(() => null);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.map`, map);
  if (text === before) return false;
  await writeFile(target, text);
  return true;
}

/** @param {string} project */
export async function compile(project) {
  await rm(join(project, 'dist'), { recursive: true, force: true });
  await Promise.all((await sourcesOf(project)).map(compileFile));
}

/** Keeps the dist folders of some projects in step with their sources, file by file. */
export class IncrementalCompiler {
  /** Source → when it was last changed. @type {Map<string, number>} */
  #compiled = new Map();
  #projects;
  #generated;

  /**
   * @param {string[]} projects
   * @param {string[]} generated sources that only `compileFile` compiles
   */
  constructor(projects, generated) {
    this.#projects = projects;
    this.#generated = new Set(generated);
  }

  /** Sources that failed to compile; tried again the next time. */
  async update() {
    /** @type {{ changed: string[], removed: string[], errors: unknown[], runsAnother: boolean }} */
    const result = { changed: [], removed: [], errors: [], runsAnother: false };
    const found = new Set();
    const sources = (await Promise.all(this.#projects.map(sourcesOf))).flat();
    const compileIfChanged = async (/** @type {string} */ source) => {
      const { mtimeMs } = await stat(source);
      found.add(source);
      if (this.#generated.has(source) || this.#compiled.get(source) === mtimeMs) return;
      if (await compileFile(source)) result.runsAnother = true;
      this.#compiled.set(source, mtimeMs);
      result.changed.push(source);
    };
    await Promise.all(
      sources.map((source) =>
        compileIfChanged(source).catch((error) => {
          // An editor may replace a file by removing it first.
          if (error.code !== 'ENOENT') result.errors.push(error);
        }),
      ),
    );
    for (const source of this.#compiled.keys()) {
      if (found.has(source)) continue;
      await rm(targetOf(source), { force: true });
      this.#compiled.delete(source);
      result.removed.push(source);
      result.runsAnother = true;
    }
    return result;
  }
}

if (process.argv[1] === import.meta.filename) await compile('');
