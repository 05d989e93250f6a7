import type { SdkConfiguration } from './sdk-export';
import { OWN_FIELD } from './sdk-import';
import type { CutDialect, TextEncoding } from './sources';

const HEAD = `from mostlyai.sdk import MostlyAI

mostly = MostlyAI(local=True)
`;

/** Encodings that Python knows by another name (https://docs.python.org/3/library/codecs.html). */
const PYTHON_NAMES: { readonly [encoding in TextEncoding]?: string } = {
  'windows-1252': 'cp1252',
  'windows-874': 'cp874',
  macintosh: 'mac_roman',
  'x-mac-cyrillic': 'mac_cyrillic',
  ibm866: 'cp866',
  shift_jis: 'cp932',
  'euc-kr': 'cp949',
};

/**
 * Python that trains the generator with the MOSTLY AI SDK. What the SDK does not know is a comment.
 * @param file what it is trained on, as far as that is known
 */
export function generatorSnippet(
  sdk: SdkConfiguration,
  file: { readonly file: string; readonly dialect?: CutDialect | undefined },
): string {
  const { dialect } = file;
  const encoding = dialect && (PYTHON_NAMES[dialect.encoding] ?? dialect.encoding);
  const options = [
    python(file.file),
    ...(dialect && dialect.delimiter !== ',' ? [`sep=${python(dialect.delimiter)}`] : []),
    ...(dialect?.decimal !== undefined && dialect.decimal !== '.'
      ? [`decimal=${python(dialect.decimal)}`]
      : []),
    ...(dialect?.escape === 'backslash' ? [`escapechar=${python('\\')}`] : []),
    ...(encoding && encoding !== 'utf-8' ? [`encoding=${python(encoding)}`] : []),
    ...(dialect && dialect.skipLines > 0 ? [`skiprows=${dialect.skipLines}`] : []),
  ];
  return `# pip install "mostlyai[local]"
${comments(sdk.notes)}import pandas as pd
${HEAD}
config = ${literalOf(sdk)}
config["tables"][0]["data"] = pd.read_csv(${options.join(', ')})
generator = mostly.train(config=config)
`;
}

/** Python that generates with the SDK as a synthetic dataset was generated here. */
export function datasetSnippet(sdk: SdkConfiguration): string {
  return `# pip install "mostlyai[local]"
${comments(sdk.notes)}${HEAD}
config = ${literalOf(sdk)}
generator = mostly.generators.get("ID OF THE GENERATOR")
synthetic_dataset = mostly.generate(generator, config=config)
`;
}

function comments(notes: readonly string[]): string {
  if (notes.length === 0) return '';
  // A name of a column may hold anything; a comment ends with its line.
  const lines = notes.map((note) => `# - ${note.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}\n`);
  return `# Of the settings in Doppelgrid, these are left out:\n${lines.join('')}`;
}

function literalOf({ json }: SdkConfiguration): string {
  const { [OWN_FIELD]: _own, ...fields } = json;
  return python(fields);
}

/** JSON as a Python literal; its texts are texts of Python, too. */
function python(value: unknown, indent = ''): string {
  const inner = `${indent}    `;
  const block = (open: string, items: readonly string[], close: string) =>
    items.length === 0
      ? `${open}${close}`
      : `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close}`;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value))
    return block(
      '[',
      value.map((item) => python(item, inner)),
      ']',
    );
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return block(
      '{',
      entries.map(([name, item]) => `${JSON.stringify(name)}: ${python(item, inner)}`),
      '}',
    );
  }
  return JSON.stringify(value);
}
