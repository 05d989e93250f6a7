/**
 * Words of ours that have a usual term (docs/glossary.md, Retired words), and what documents name that is not there.
 * `npx tsx scripts/testing/word-list.ts` prints counts, with `--list` every line.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../lib/paths';

const FOLDERS = ['src', 'workers', 'scripts', 'e2e', 'bench'];
/** What speaks of the words themselves. */
const ABOUT_WORDS = /^scripts\/(testing\/)?word/;
/** Where a lane is one of a SIMD vector or of a workgroup. */
const VECTORS = /\/(assembly|wgsl)\/|^bench\/peers\/|^scripts\/build-wasm/;

/** A word, where it is one of ours: in identifiers and file names, and in comments and texts. */
interface Word {
  readonly name: string;
  readonly code: RegExp;
  readonly prose?: RegExp;
  /** Usual English that `prose` would take for it. */
  readonly usual?: RegExp;
  readonly except?: RegExp;
}

const WORDS: readonly Word[] = [
  {
    name: 'place',
    code: /\bplaces?\b|\b_?PLACES?(?![A-Z])|(?<!in|In)Places?(?![a-z])|(?<![a-zA-Z])places?[A-Z]/,
    prose: /\bplaces?\b/i,
    usual:
      /\b(in|into|takes?|taking|took)(\s+(the|its|their|\w+'s))?\s+place\b|\b(only|one|same)\s+place\b|time or place|decimal\s+places|\bplaces?\s+(it|them|texts|ordered)\b/gi,
  },
  { name: 'rooms', code: /\brooms\b|Rooms\b|[a-z]Room\b/, prose: /\brooms\b/i, except: /category-tables/ },
  {
    name: 'rest',
    code: /\brest\(|#rest\b|\brest: \(|\b(Input)?Rest\b|\brestFirst\b/,
    prose: /@param rest called/,
  },
  { name: 'judge', code: /judg/i, prose: /judg/i },
  {
    name: 'course',
    code: /\bcourses?\b|Courses?(?![a-z])|COURSE/,
    prose: /\bcourses?\b/i,
    usual: /\bof\s+course\b|\bthe\s+course\s+of\b/gi,
  },
  { name: 'lane', code: /\blanes?\b|Lanes?(?![a-z])|LANES?/, prose: /\blanes?\b/i, except: VECTORS },
  { name: 'supply', code: /suppl(y|ies)/i, prose: /\bsuppl(y|ies|ied)\b/i },
  { name: 'seldom', code: /seldom/i, prose: /seldom/i },
  {
    name: 'most, fewest',
    code: /\b(most|fewest)([A-Z]\w*)?\b(?! \w)|(MOST|FEWEST)(?![A-Z])|[a-z](Most|Fewest)\b/,
  },
];

/** Names that tell nothing of what a file holds. */
const EMPTY_NAMES = /^(jobs|layout|session|backend|utils)\.tsx?$/;

export interface Hit {
  readonly word: string;
  readonly path: string;
  /** From 1; 0 = the name of the file. */
  readonly line: number;
  readonly text: string;
}

/** Paths of the code's files, tests included, relative to the repository. */
export function codeFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }),
  )
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs|py|html|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .filter((path) => !ABOUT_WORDS.test(path))
    .sort();
}

/** Every private word in the code. */
export function privateWords(): Hit[] {
  return codeFiles().flatMap((path) => {
    const name = basename(path);
    const named = EMPTY_NAMES.test(name) ? [{ word: 'name', path, line: 0, text: name }] : [];
    const inName = wordsIn(path, name.replace(/\W/g, ' ')).map((hit) => ({ ...hit, line: 0, text: name }));
    return [...named, ...inName, ...wordsIn(path, readFileSync(join(ROOT, path), 'utf8'))];
  });
}

const COMMENT_OR_TEXT =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;

/** Private words of one file: a line counts once for each word. */
export function wordsIn(path: string, text: string): Hit[] {
  const { code, prose } = /\.(tsx?|mjs)$/.test(path) ? split(text) : { code: '', prose: text };
  return WORDS.filter(({ except }) => !except?.test(path)).flatMap(
    ({ name, code: inCode, prose: inProse, usual }) => {
      const codeLines = code.split('\n');
      const proseLines = (usual ? prose.replace(usual, blank) : prose).split('\n');
      return text.split('\n').flatMap((source, i) => {
        const found = inCode.test(codeLines[i] ?? '') || inProse?.test(proseLines[i]!);
        return found ? [{ word: name, path, line: i + 1, text: source.trim() }] : [];
      });
    },
  );
}

/** Code without comments and texts, and these alone; both keep the lines. */
function split(text: string): { code: string; prose: string } {
  let code = '';
  let prose = '';
  let end = 0;
  for (const { 0: part, index } of text.matchAll(COMMENT_OR_TEXT)) {
    const between = text.slice(end, index);
    code += between + blank(part);
    prose += blank(between) + part.replace(/^\s*(\*|\/\/)/gm, blank);
    end = index + part.length;
  }
  return { code: code + text.slice(end), prose: prose + blank(text.slice(end)) };
}

function blank(part: string): string {
  return part.replace(/[^\n]/g, ' ');
}

/** Markdown of the repository's own: root, docs, bench. */
export function markdownFiles(): string[] {
  return ['.', 'docs', 'bench'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name).replaceAll('\\', '/')),
  );
}

/** Files and folders that a document names between backticks and that are not there. */
export function missingPaths(): string[] {
  return markdownFiles().flatMap((document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    return [...text.matchAll(/`((?:src|workers|scripts|e2e|bench|docs|public)\/[\w./-]*)`/g)]
      .map(([, path]) => path!)
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${document}: ${path}`);
  });
}

function main(): void {
  const hits = privateWords();
  const counts = new Map<string, number>();
  for (const { word } of hits) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (process.argv.includes('--list'))
    for (const { word, path, line, text } of hits) console.log(`${path}:${line}: ${word}: ${text}`);
  for (const [word, count] of counts) console.log(`${String(count).padStart(5)}  ${word}`);
  for (const missing of missingPaths()) console.log(`not there: ${missing}`);
}

if (process.argv[1]?.endsWith('word-list.ts')) main();
