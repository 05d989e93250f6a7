import { Section } from '../../components/card';
import { Notice } from '../../components/notice';

/** What stands for the rules before a private training: there will be none. */
export function PrivateRules({ added }: { added: number }) {
  return (
    <Section title="Rules" about="Relations between columns that hold in all rows.">
      <Notice>
        With differential privacy no rules are looked for and none is kept: which relations hold in every row
        would be told without noise. Generated rows may break relations that hold in your data.
        {added > 0 &&
          ` ${added === 1 ? 'The rule that you added is' : `The ${added} rules that you added are`} not kept either, but remembered for when differential privacy is off.`}
      </Notice>
    </Section>
  );
}
