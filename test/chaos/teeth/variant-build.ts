import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { type Builds, BUILDS } from '../crash-build.js';
import type { Variant } from './variant.js';

const run = promisify(execFile);

export const folderOf = ({ code }: Variant): string => join('.simpul', 'teeth', code);

/** A copy of the product's build in which the patched modules are compiled anew; packages are found above it, in the project's own node_modules. */
export async function buildVariant(variant: Variant): Promise<Builds> {
  const folder = folderOf(variant);
  const [source, plain] = [join(folder, 'source'), join(folder, 'dist')];
  rmSync(folder, { recursive: true, force: true });
  cpSync(BUILDS.plain, plain, { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  const modules = listPatched(variant.patch);
  for (const module of modules) cpSync(module, join(source, module));
  await applyPatch(variant.patch, source);
  for (const module of modules) compile(module, source, plain);
  return { plain, crash: join(folder, 'dist-crash') };
}

/** Fails where the source is no longer what the patch was made for. */
export async function applyPatch(patch: string, folder: string, ...flags: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // As if it were in no repository: git would leave out what it is told to ignore.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: resolve(folder, '..') };
  await run('git', ['apply', ...flags, resolve(patch)], { cwd: folder, env });
}

const listPatched = (patch: string): string[] =>
  [...readFileSync(patch, 'utf8').matchAll(/^\+\+\+ b\/(\S+)/gmu)].map(([, path = '']) => path);

function compile(module: string, source: string, build: string): void {
  const fileName = join(source, module);
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
    fileName: resolve(module),
    compilerOptions: {
      ...options,
      sourceMap: false,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) throw new SyntaxError(`${module}: ${ts.formatDiagnostics(diagnostics, FORMAT)}`);
  writeFileSync(join(build, module.replace(/\.ts$/u, '.js')), withPaths(outputText, module));
}

const FORMAT: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => '.',
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};

/** `@simpul/<lib>` is a name of the compiler's: what runs finds a lib by its path. */
const withPaths = (code: string, module: string): string =>
  code.replace(/(from |import\()'@simpul\/([\w-]+)'/gu, (_all, before: string, lib: string) => {
    const path = relative(dirname(module), join('libs', lib, 'src', 'index.js'));
    return `${before}'${path.startsWith('.') ? path : `./${path}`}'`;
  });
