/** A table of LaTeX: the cells of its rows, by the line that each begins in, from 0. */
export interface LatexTable {
  readonly caption: string | null;
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

const BEGIN = /\\begin\{(tabular[x*]?|longtable|array)\}/;
const END = /\\end\{(tabular[x*]?|longtable|array)\}/;
/** What is drawn, and what sets a table, between its rows. */
const RULES =
  /\\(hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering|small|addlinespace(\[[^\]]*\])?|(cline|cmidrule)(\([^)]*\))?\{[^}]*\})/g;
/** Lines of rows alone, without what begins a table. */
const ROW = /(^|[^\\])&.*\\\\(\s*\\[a-z]+(\{[^}]*\})?)*\s*$/;
const ROWS_SHARE = 0.6;

/** Whether a text is LaTeX with a table in it, or the rows of one. */
export function isLatex(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '' && !/^\s*\\/.test(line));
  const rows = filled.filter((line) => ROW.test(line)).length;
  if (rows < 2) return false;
  return lines.some((line) => BEGIN.test(line) && /^\s*\\/.test(line)) || rows >= ROWS_SHARE * filled.length;
}

/** The tables of a text; one, if it is rows alone. */
export function latexTables(lines: readonly string[]): LatexTable[] {
  const isBare = !lines.some((line) => BEGIN.test(line));
  const tables: { caption: string | null; rows: Map<number, readonly string[]> }[] = [];
  let caption: string | null = null;
  let rows: Map<number, readonly string[]> | null = isBare ? new Map() : null;
  let text = '';
  let line = 0;
  const finish = () => {
    if (rows && rows.size > 0) tables.push({ caption, rows });
    rows = isBare ? rows : null;
    text = '';
  };
  lines.forEach((raw, number) => {
    const plain = raw.replace(/(^|[^\\])%.*$/, '$1');
    caption = /\\caption\{([^}]*)\}/.exec(plain)?.[1] ?? caption;
    const begin = BEGIN.exec(plain);
    if (begin) rows = new Map();
    if (!rows) return;
    const end = END.exec(plain);
    const body = plain
      .slice(
        begin ? begin.index + begin[0].length : 0,
        end && (!begin || end.index > begin.index) ? end.index : undefined,
      )
      // Width, position and columns stand behind what begins a table.
      .replace(begin ? /^(\{[^{}]*\}|\[[^\]]*\])*(\{([^{}]|\{[^{}]*\})*\})?/ : /^/, '')
      .replace(/\\(caption|label)\{[^}]*\}/g, '');
    for (const [i, part] of body.split(/\\\\(?:\[[^\]]*\])?/).entries()) {
      if (i > 0) {
        add(rows, line, text);
        text = '';
      }
      const cells = part.replace(RULES, ' ');
      if (text.trim() === '' && cells.trim() !== '') line = number;
      text += ` ${cells}`;
    }
    if (end) {
      add(rows, line, text);
      finish();
    }
  });
  if (rows) {
    add(rows, line, text);
    finish();
  }
  return tables;
}

function add(rows: Map<number, readonly string[]>, line: number, text: string): void {
  if (!/(^|[^\\])&|\\multicolumn/.test(text)) return;
  let at = line;
  while (rows.has(at)) at++;
  rows.set(at, cellsOf(text));
}

/** The cells of a row as a reader sees them; one over several columns leaves the others empty. */
function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)&/).flatMap((cell) => {
    const over = /\\multicolumn\{(\d+)\}\{[^}]*\}\{(.*)\}/.exec(cell);
    if (!over) return [plainText(cell)];
    const width = Math.min(Number(over[1]), 64);
    return [plainText(over[2]!), ...Array.from({ length: width - 1 }, () => '')];
  });
}

function plainText(cell: string): string {
  return cell
    .replace(/\\(text(bf|it|tt|sc|rm|sf)?|emph|mathbf|mathrm|multirow\{[^}]*\}\{[^}]*\})\{([^{}]*)\}/g, '$3')
    .replace(/(?<!\\)\$/g, '')
    .replace(/~/g, ' ')
    .replace(/\\([%&_#$ ])/g, '$1')
    .replace(/\\textbackslash\b/g, '\\')
    .trim();
}
