import { idOfRule, type RuleSettings, type TableRule } from '../../domain/rules';

/** Added rules first, as the training lists them; a found rule that was added, too, counts as added. */
export function listed(
  found: readonly TableRule[],
  { added, off }: RuleSettings,
  checked: ReadonlyMap<string, TableRule | string>,
): TableRule[] {
  const own = added.flatMap((rule) => {
    const entry = checked.get(idOfRule(rule));
    return entry === undefined || typeof entry === 'string' ? [] : [entry];
  });
  const ids = new Set(added.map(idOfRule));
  return [...own, ...found.filter(({ rule }) => !ids.has(idOfRule(rule)))].map((entry) =>
    off.includes(idOfRule(entry.rule)) ? { ...entry, state: 'off' } : entry,
  );
}
