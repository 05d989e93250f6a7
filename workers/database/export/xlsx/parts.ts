import type { CellFormat, NumberFormat } from '../../../../src/domain/cell-format';
import type { StorageType } from '../../../../src/domain/columns';

/** The parts of a workbook beside its sheets (ECMA-376 Part 1, SpreadsheetML). */

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const SHEET_BEGIN = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
export const SHEET_END = '</sheetData></worksheet>';

/** Codes of number formats of a workbook begin here; those below are Excel's own. */
const FIRST_FORMAT = 164;

export function contentTypes(sheets: number): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/${part}" ContentType="${CONTENT}.${type}+xml"/>`;
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${each(sheets, (i) => override(`xl/worksheets/sheet${i}.xml`, 'worksheet'))}</Types>`;
}

export function packageRelations(): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
}

export function workbookRelations(sheets: number): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each(sheets, (i) => `<Relationship Id="rId${i}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${i}.xml"/>`)}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}

export function workbook(sheets: number, name: string): string {
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${each(sheets, (i) => `<sheet name="${xmlText(sheetName(name, i))}" sheetId="${i}" r:id="rId${i}"/>`)}</sheets></workbook>`;
}

/** Style 0 is general, style i + 1 the format of column i. */
export function styles(formats: readonly string[]): string {
  const coded = formats.map(
    (code, i) => `<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${xmlText(code)}"/>`,
  );
  const uses = formats.map(
    (_, i) =>
      `<xf numFmtId="${FIRST_FORMAT + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${coded.length}">${coded.join('')}</numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${uses.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${uses.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** How a column is shown: dates as dates, decimals and percentages as the original had them. */
export function formatCode(type: StorageType, { number, date }: CellFormat = {}): string {
  if (type === 'date') return 'yyyy-mm-dd';
  if (type === 'datetime')
    return date?.pattern.includes('S') ? 'yyyy-mm-dd hh:mm:ss.000' : 'yyyy-mm-dd hh:mm:ss';
  if ((type === 'integer' || type === 'float') && number) return numberCode(number);
  return type === 'integer' ? '0' : 'General';
}

function numberCode({
  thousands,
  minDecimals = 0,
  maxDecimals = minDecimals,
  prefix = '',
  suffix = '',
  scale = 1,
  bracketed,
}: NumberFormat): string {
  const isPercent = scale === 0.01 && suffix.trim() === '%';
  // Another scale has no form in Excel.
  if (scale !== 1 && !isPercent) return 'General';
  const optional = '#'.repeat(Math.max(0, Math.min(15, maxDecimals) - minDecimals));
  const decimals = minDecimals > 0 || optional !== '' ? `.${'0'.repeat(minDecimals)}${optional}` : '';
  const literal = (text: string) => (text === '' ? '' : `"${text.replaceAll('"', '')}"`);
  const code = `${literal(prefix)}${thousands ? '#,##0' : '0'}${decimals}${isPercent ? '%' : literal(suffix)}`;
  return bracketed ? `${code};(${code})` : code;
}

function each(count: number, part: (number: number) => string): string {
  return Array.from({ length: count }, (_, i) => part(i + 1)).join('');
}

/** At most 31 characters, without those that Excel refuses; the second sheet and later are numbered. */
function sheetName(name: string, number: number): string {
  const end = number === 1 ? '' : ` (${number})`;
  const safe = name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'|'$/g, ' ')
    .trim();
  return `${(safe || 'Sheet').slice(0, 31 - end.length)}${end}`;
}

/** What XML 1.0 cannot hold, and the carriage return, which its readers make a line feed. */
const UNWRITABLE = /[^\P{Cc}\t\n\u007f-\u009f]|\p{Cs}|[\ufffe\uffff]/gu;

/** Text of an element or attribute; what XML cannot hold, and what reads as its form, is written `_xHHHH_` (ST_Xstring). */
export function xmlText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(UNWRITABLE, escaped);
}

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
