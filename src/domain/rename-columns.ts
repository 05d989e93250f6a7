import { Rule } from './rules';

/** Fields of rules that name a column or several. */
const NAMING = new Set([
  ...['determinant', 'dependent', 'columns', 'low', 'high', 'target', 'column', 'from', 'to'],
  ...['year', 'month', 'day', 'date', 'minus', 'by', 'terms', 'factors'],
]);
/** Rules whose id ends in something else than a column. */
const MARKED = new Set(['date-part', 'extreme', 'implied-value', 'range']);

/** The same rule of columns that are called otherwise. */
export function renameInRule(rule: Rule, nameOf: (name: string) => string): Rule {
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return nameOf(value);
    if (Array.isArray(value)) return value.map(renamed);
    return typeof value === 'object' && value !== null ? renamedFields(value) : value;
  };
  const renamedFields = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, NAMING.has(name) ? renamed(value) : value]),
    );
  return Rule.parse(renamedFields(rule));
}

/** The same for the id of a rule (`idOfRule`). One that is none stays as it is. */
export function renameInRuleId(id: string, nameOf: (name: string) => string): string {
  const parts = partsOf(id);
  if (!parts) return id;
  const [kind, ...others] = parts;
  const end = others.length - (kind === 'range' ? 2 : MARKED.has(String(kind)) ? 1 : 0);
  const named = others.map((part, i) => (i < end && typeof part === 'string' ? nameOf(part) : part));
  return JSON.stringify([kind, ...named]);
}

/** The kind of the rule of an id; null if it is none. */
export function kindOfRuleId(id: string): string | null {
  const kind = partsOf(id)?.[0];
  return typeof kind === 'string' ? kind : null;
}

/** The columns that the id of a rule may name: every text of it that is not certainly something else. */
export function textsOfRuleId(id: string): readonly string[] {
  return (partsOf(id) ?? []).slice(1).filter((part) => typeof part === 'string');
}

function partsOf(id: string): readonly unknown[] | null {
  try {
    const parts: unknown = JSON.parse(id);
    return Array.isArray(parts) ? parts : null;
  } catch {
    return null;
  }
}
