import { UserText } from '../../components/table';
import { ruleTitle, ruleWords } from '../../domain/rule-words';
import type { Rule } from '../../domain/rules';

/** What a rule demands, its columns set apart from the words, with its kind below. */
export function RuleSentence(props: {
  readonly rule: Rule;
  /** Columns of dates. */
  readonly dates: ReadonlySet<string>;
  /** Said after the kind. */
  readonly remark?: string;
}) {
  const words = ruleWords(props.rule, (column) => props.dates.has(column));
  return (
    <>
      <span className="block break-words">
        {words.map((word, index) =>
          typeof word === 'string' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of a sentence have no other identity
            <bdi key={index} className="whitespace-pre-wrap">
              {word}
            </bdi>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <UserText key={index} text={word.column} className="rounded bg-sunken px-1 font-medium" />
          ),
        )}
      </span>
      <span className="block text-xs font-normal text-ink-soft">
        {ruleTitle(props.rule.kind)}
        {props.remark && ` · ${props.remark}`}
      </span>
    </>
  );
}
