/** Types of columns that Arrow has no like of, or that DuckDB gives in a form that is not read: they become texts. */
const AS_TEXT = /^(BIT|INTERVAL|TIME WITH TIME ZONE|TIME_NS|UHUGEINT|VARINT|BIGNUM|JSON|ENUM|UNION|"NULL")\b/;
/** Types that JSON has, within lists and maps. */
const IN_JSON = /^(BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|HUGEINT|FLOAT|DOUBLE|VARCHAR)$/;

/**
 * The type that a column is cast to, so that all of its values can be read from Arrow.
 * @param type as DuckDB describes it
 * @param isInJson within a list or map, which becomes JSON
 */
export function castType(type: string, isInJson = false): string {
  if (type.endsWith(']')) {
    const item = type.slice(0, type.lastIndexOf('['));
    return `${castType(item, true)}[]`;
  }
  const [, kind, inner] = /^(STRUCT|MAP)\((.*)\)$/s.exec(type) ?? [];
  if (kind === 'MAP') {
    const [key = '', value = ''] = splitTypes(inner!);
    return `MAP(${castType(key, true)}, ${castType(value, true)})`;
  }
  if (kind === 'STRUCT') {
    const fields = splitTypes(inner!).map((field) => /^("(?:[^"]|"")*"|\w+) (.+)$/s.exec(field));
    // Fields without names become no columns.
    if (fields.some((field) => field === null)) return 'VARCHAR';
    return `STRUCT(${fields.map((field) => `${field![1]} ${castType(field![2]!, isInJson)}`).join(', ')})`;
  }
  if (AS_TEXT.test(type)) return 'VARCHAR';
  if (isInJson) return IN_JSON.test(type) ? type : /^DECIMAL\(/.test(type) ? 'DOUBLE' : 'VARCHAR';
  return type === 'TIMESTAMP WITH TIME ZONE' ? 'TIMESTAMP' : type;
}

/** Parts of a list of types, at commas that stand in no brackets and no quotes. */
function splitTypes(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [mark] of text.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|./gs)) {
    if (mark === '(') depth++;
    if (mark === ')') depth--;
    if (mark === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += mark;
  }
  return parts.map((part) => part.trim());
}
