import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './lib/paths';
import { codeFiles, markdownFiles, missingPaths, privateWords, wordsIn } from './testing/word-list';

const FILES = codeFiles();

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A comment's line breaks are blanks. */
const joined = (text: string) => text.replace(/\n\s*(?:\*|\/\/|#)?\s*/g, ' ');

/** The headings of a page. */
function headings(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
}

/** The page that a file means by a name, as seen from its folder or one above; null if there is none. */
function pageFrom(file: string, name: string): string | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = posix.join(folder, name);
    if (existsSync(join(ROOT, path))) return path;
    if (folder === '.') return null;
  }
}

/**
 * Pages, and headings in them, that a text names and that are not there. Headings: `docs/model.md, Learning rate` or
 * `bench/quality-log.md`, "Inputs kept".
 */
function unknownReferences(file: string, text: string): string[] {
  return [
    ...joined(text).matchAll(/([\w./-]*\w\.md)\b(`?,? ?\(?"([^"]+)"|\)?, (?=[A-Z])([^`]{0,60}))?/g),
  ].flatMap(([reference, name, , quoted, following]) => {
    const page = pageFrom(file, name!);
    if (page === null) return [name!];
    const known = headings(page);
    const found =
      quoted === undefined
        ? following === undefined || known.some((heading) => following.startsWith(heading))
        : known.includes(quoted);
    return found ? [] : [reference];
  });
}

describe('references to pages', () => {
  it.each([
    ['docs/model.md, Learning rate: halves', []],
    ['docs/model.md,\n * Learning rate', []],
    ['(docs/model.md), which', []],
    ['`bench/quality-log.md`, "Inputs kept"', []],
    ['kernels.md §2.5', ['kernels.md']],
    ['docs/model.md, Cooking', ['docs/model.md, Cooking']],
    ['bench/quality-log.md ("Cooking")', ['bench/quality-log.md ("Cooking"']],
  ])('are read: %j', (text, unknown) => {
    expect(unknownReferences('src/client/client.ts', text)).toEqual(unknown);
  });

  it('of the code are there, with their headings', () => {
    const unknown = FILES.flatMap((file) =>
      unknownReferences(file, read(file)).map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('of the code are to the repository alone', () => {
    const outside = FILES.filter((file) => /\bseeds\/\d|\bspec\/\w|\.md §/.test(joined(read(file))));
    expect(outside).toEqual([]);
  });

  it('of pages to each other are there, with their headings', () => {
    const unknown = markdownFiles().flatMap((page) =>
      [...joined(read(page)).matchAll(/\]\(([^)#:]+)\)(?:, (?=[A-Z])([^)]{0,60}))?/g)].flatMap(
        ([reference, target, following]) => {
          const path = posix.join(dirname(page), target!);
          if (!existsSync(join(ROOT, path))) return [`${page}: ${reference}`];
          const known = path.endsWith('.md') ? headings(path) : [];
          const found = following === undefined || known.some((heading) => following.startsWith(heading));
          return found ? [] : [`${page}: ${reference}`];
        },
      ),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the repository', () => {
  it('says everything in the usual words (docs/glossary.md, Retired words)', () => {
    expect(privateWords()).toEqual([]);
  });

  it('has no marks of a merge', () => {
    const marked = [...FILES, ...markdownFiles()].filter((path) => /^(<{7}|>{7}|> > >) /m.test(read(path)));
    expect(marked).toEqual([]);
  });

  it('has every file and folder that its pages name', () => {
    expect(missingPaths()).toEqual([]);
  });
});

describe('wordsIn', () => {
  it.each([
    ['place', 'const places = [];'],
    ['place', 'const at = firstPlace(k);'],
    ['place', '/** The place of a code among all. */'],
    ['rooms', 'readonly #rooms: PartRooms;'],
    ['rest', 'await this.#rest();'],
    ['rest', 'function f(rest: () => Promise<void>) {}'],
    ['judge', '// Rows that the guard judges by.'],
    ['course', 'train(course: TinyCourse)'],
    ['lane', 'readonly lanes?: number;'],
    ['supply', 'interface GpuSupply {}'],
    ['seldom', 'const SELDOM_DEVIATION = 0.2;'],
    ['most, fewest', 'const MOST_ROWS = 5;'],
    ['most, fewest', 'readonly mostProbabilities: number;'],
  ])('finds “%s” in %j', (word, text) => {
    expect(wordsIn('src/a.ts', `\n${text}`)).toEqual([{ word, path: 'src/a.ts', line: 2, text }]);
  });

  it.each([
    'const rest = items.slice(1); call(...rest);',
    'text.replaceAll(a, b); convertInPlace(table); <input placeholder={a} />',
    '// Softmax, in place on logits; of course at most 5 rows in\n// place of ten.',
    "const text = 'Nothing takes its place, and there is no room for most of it.';",
    'const almostAll = 1;',
  ])('leaves %j alone', (text) => {
    expect(wordsIn('src/a.ts', text)).toEqual([]);
  });
});
