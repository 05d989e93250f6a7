import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import type { ShippedPackage } from '../../src/offline/licences';
import { LICENCES_FILE } from '../../src/offline/names.ts';
import { ROOT } from '../lib/paths.ts';

/** Licences under which a package may be part of the app, with its text beside it. */
const ACCEPTED = /^(MIT|ISC|0BSD|Unlicense|Apache-2\.0|BSD-[23]-Clause)$/;

/** What ends up in the app without being a module of it: styles, the bundler's helpers, compiled kernels, demo tables. */
const BESIDE_MODULES = ['tailwindcss', 'vite', 'rolldown', 'assemblyscript', 'vega-datasets'];
const IN_SERVICE_WORKER = ['core', 'precaching', 'routing', 'strategies'].map((part) => `workbox-${part}`);

/** Of packages that name nobody: as their repositories do. */
const HOLDERS: Readonly<Record<string, string>> = {
  '@duckdb/duckdb-wasm': 'DuckDB WASM Contributors, and Stichting DuckDB Foundation for DuckDB itself',
};

/** Vite's file goes on with what its own build contains. */
const END_OF_OWN = '\n# Licenses of bundled dependencies';

/**
 * Writes a list of the packages that the app contains, with the texts of their licences, into the app. They are those of the
 * modules in its chunks. `page` belongs to the build's plugins, `worker` to those of its workers.
 * @throws Error, which ends the build, if a package has a licence that was not looked at
 */
export function shippedLicences(): { readonly page: Plugin; readonly worker: Plugin } {
  const folders = new Set(
    [...BESIDE_MODULES, ...IN_SERVICE_WORKER].map((name) => `${ROOT}node_modules/${name}`),
  );
  const collect = (bundle: Rolldown.OutputBundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const id of output.moduleIds) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
      }
    }
  };
  return {
    worker: {
      name: 'licences-of-workers',
      generateBundle: (_, bundle) => collect(bundle),
    },
    page: {
      name: 'licences',
      apply: 'build',
      generateBundle(_, bundle) {
        collect(bundle);
        const source = JSON.stringify(listPackages(folders));
        this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source });
      },
    },
  };
}

/** The folder of the package that a module is from, with forward slashes; null for our own. */
export function packageFolder(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

/** The packages in these folders, by name; one that is there in two versions is listed twice. */
export function listPackages(folders: Iterable<string>): readonly ShippedPackage[] {
  const packages = new Map(
    Array.from(folders, readPackage).map((one) => [`${one.name} ${one.version}`, one] as const),
  );
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

function readPackage(folder: string): ShippedPackage {
  const about: PackageJson = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license = 'none' } = about;
  if (!license.split(' AND ').every((part) => ACCEPTED.test(part))) {
    throw new Error(`${name} ${version} has the licence “${license}”: may it be part of the app?`);
  }
  return { name, version, licence: license, text: readTexts(folder) || standardText(about, license) };
}

/** Licence and notice files of a package, one after the other. */
function readTexts(folder: string): string {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
    .map((text) => text.split(END_OF_OWN)[0]!.trim())
    .join('\n\n');
}

/** Of a package that names its licence and comes without the text: the text as SPDX has it. */
function standardText({ name, author }: PackageJson, licence: string): string {
  const holder =
    (typeof author === 'string' ? author.replace(/\s*<.*$/, '') : author?.name) ??
    HOLDERS[name] ??
    `the authors of ${name}`;
  const texts = licence.split(' AND ').map((id): string => {
    const { licenseText } = createRequire(import.meta.url)(`spdx-license-list/licenses/${id}.json`);
    return licenseText
      .replace(/<year>\s*/, '')
      .replace(/<(copyright holders|owner|copyright holder)>/, holder);
  });
  return [`The package names its licence; the text is the standard one. Copyright: ${holder}.`, ...texts]
    .join('\n\n')
    .trim();
}
