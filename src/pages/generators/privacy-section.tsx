import { Card, Section } from '../../components/card';
import { ChoiceCards } from '../../components/choice-cards';
import { CheckField, SwitchField } from '../../components/field';
import { Notice } from '../../components/notice';
import { attackInWords } from '../../domain/differential-privacy';
import { familyOf, ModelConfiguration } from '../../domain/model-configuration';
import {
  PRIVATE_FAMILIES,
  privacyProblem,
  privacySchemaOf,
  privacyWarnings,
  riskOf,
} from '../../domain/private-training';
import { SettingsForm } from '../settings-form';
import { DOMAINS, type PrivacyDraft, readPrivacyDraft } from './privacy-draft';

/** The switch for a training with a guarantee, its engine and budget, what that means, and what it does not cover. */
export function PrivacySection(props: {
  readonly draft: PrivacyDraft;
  /** About how many there are: people, else rows. */
  readonly subjects: number;
  readonly onChange: (draft: PrivacyDraft) => void;
}) {
  const { draft, onChange } = props;
  return (
    <Section
      title="Differential privacy"
      about="A guarantee in numbers for every person in the table, whatever an attacker knows already. It costs accuracy."
    >
      <Card>
        <SwitchField
          label="Train with differential privacy"
          value={draft.isOn}
          onChange={(isOn) => onChange({ ...draft, isOn })}
          help={
            draft.isOn
              ? 'Noise hides every single person. No rules are kept and the privacy guard does not run, because both look at rows without noise.'
              : 'Off: rare values and extremes are hidden and copies are watched for, but no number says how much an attacker can learn at most.'
          }
        />
        {draft.isOn && <PrivacyForm {...props} />}
      </Card>
    </Section>
  );
}

function PrivacyForm({ draft, subjects, onChange }: Parameters<typeof PrivacySection>[0]) {
  const family = familyOf(draft.engine);
  const traits = family.privacy!;
  const { patch } = readPrivacyDraft(draft);
  const configuration = patch && ModelConfiguration.parse({ model: family.id, ...patch });
  const problem = configuration && privacyProblem(configuration);
  const { declaration } = traits;
  const isDeclared = declaration !== null && draft.isPublic;
  return (
    <div className="mt-6 space-y-6">
      <ChoiceCards
        label="What learns"
        value={draft.engine}
        choices={PRIVATE_FAMILIES.map(({ id, privacy }) => ({
          value: id,
          title: privacy!.title,
          about: privacy!.about,
        }))}
        onChange={(engine) => onChange({ ...draft, engine })}
      />
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-4">
        <SettingsForm
          schema={privacySchemaOf(family)!}
          draft={draft.settings}
          onChange={(settings) => onChange({ ...draft, settings })}
          errors={problem && !isDeclared ? { [DOMAINS]: problem } : {}}
          without={isDeclared ? [DOMAINS] : []}
        />
      </div>
      {configuration && <RiskTable configuration={configuration} />}
      {configuration &&
        privacyWarnings(configuration, subjects).map((sentence) => (
          <Notice key={sentence} tone="warning">
            {sentence}
          </Notice>
        ))}
      <div className="grid gap-6 sm:grid-cols-2">
        <Points title="ε pays for" points={traits.counted} />
        <Points title="Public in any case, and not covered" points={traits.notCovered} />
      </div>
      {declaration && (
        <CheckField
          label={`I declare public: ${declaration}.`}
          value={draft.isPublic}
          onChange={(isPublic) => onChange({ ...draft, isPublic })}
          help="They are then taken from the table without noise, outside the guarantee. True of codes, fixed lists and known ranges; not of names, free text or the exact range of incomes."
        />
      )}
    </div>
  );
}

/** ε as what an attack can do, as it is typed. */
function RiskTable({ configuration }: { configuration: ModelConfiguration }) {
  return (
    <div className="rounded-lg bg-sunken p-4" aria-live="polite">
      <h3 className="text-sm font-medium">How far attacks can come with this ε and δ</h3>
      <ul className="mt-1 space-y-1 text-sm text-ink-soft">
        {riskOf(configuration).map((risk) => (
          <li key={risk.falsePositives}>{attackInWords(risk)}</li>
        ))}
      </ul>
    </div>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-ink-soft">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
