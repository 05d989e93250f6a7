import { RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { preferences } from '../../client/preferences';
import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { SelectField, SwitchField } from '../../components/field';
import { formatFixed } from '../../components/format';
import type { NumberFormat, Preferences } from '../../domain/preferences';
import { RecipeChecks } from '../../domain/recipe-checks';
import { defaultsOfDraft, draftOfDefaults, MODEL_DEFAULTS_SCHEMA } from '../model-defaults';
import { PageHeading } from '../resource-page';
import { draftOf, readDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';
import { usePreferences } from '../use-preferences';

const THEMES: readonly { value: Preferences['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const NUMBERS: readonly { value: NumberFormat; label: string }[] = [
  { value: 'comma-point', label: '1,234.5' },
  { value: 'point-comma', label: '1.234,5' },
  { value: 'space-comma', label: '1 234,5' },
  { value: 'system', label: 'As the system' },
];

/** What a person chooses for the app itself. Every change counts at once. */
export function SettingsPage() {
  const chosen = usePreferences();
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="Settings" />
      <p className="mt-1 text-sm text-ink-soft">Kept in this browser. Every change counts at once.</p>
      <Section title="Look">
        <Fields>
          <SelectField
            label="Theme"
            value={chosen.theme}
            options={THEMES}
            onChange={(theme) => preferences.set({ theme })}
          />
          <SelectField
            label="Numbers"
            value={chosen.numberFormat}
            options={NUMBERS}
            onChange={(numberFormat) => preferences.set({ numberFormat })}
            help={`As in “accuracy ${formatFixed(96.3, 1)} %”. Your data and files stay as they are.`}
          />
        </Fields>
      </Section>
      <Section title="Work">
        <Fields>
          <SwitchField
            label="After a training, generate rows and their report"
            value={chosen.goesOn}
            onChange={(goesOn) => preferences.set({ goesOn })}
            help="Off: a training ends with the model, and you say what to generate."
          />
          <NotificationSwitch isOn={chosen.notifications} />
          <SwitchField
            label="Shortcuts of single keys"
            value={chosen.shortcuts}
            onChange={(shortcuts) => preferences.set({ shortcuts })}
            help="Press ? for the list. Ctrl or ⌘ with K opens the commands in any case."
          />
        </Fields>
      </Section>
      <GatesSection />
      <ModelDefaultsSection />
    </div>
  );
}

function Fields({ children }: { children: ReactNode }) {
  return (
    <Card>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </Card>
  );
}

/** Asks the browser when it is switched on. */
function NotificationSwitch({ isOn }: { isOn: boolean }) {
  const [refused, setRefused] = useState(false);
  const isOffered = 'Notification' in window;
  const isGranted = isOffered && Notification.permission === 'granted';
  const change = async (wanted: boolean) => {
    const answer = wanted && isOffered ? await Notification.requestPermission() : 'default';
    setRefused(wanted && answer !== 'granted');
    preferences.set({ notifications: wanted && answer === 'granted' });
  };
  const help = !isOffered
    ? 'This browser offers no notifications.'
    : refused
      ? 'The browser refused. Allow notifications of this site in its settings, then try again.'
      : 'By the system, when what ran for more than half a minute ends while this tab is hidden.';
  return (
    <SwitchField
      label="Notify me when a long job ends"
      value={isOn && isGranted}
      onChange={(wanted) => void change(wanted)}
      disabled={!isOffered}
      help={help}
    />
  );
}

/** What is asked of a report before its rows leave. */
function GatesSection() {
  const [draft, setDraft] = useState(() => draftOf(RecipeChecks, preferences.get().gates));
  const change = (next: typeof draft) => {
    setDraft(next);
    const { values } = readDraft(RecipeChecks, next);
    if (values) preferences.set({ gates: RecipeChecks.parse(values) });
  };
  return (
    <Section
      title="Before a download"
      about="Rows whose report misses one of these ask before they are saved. Recipes have checks of their own."
    >
      <Fields>
        <SettingsForm schema={RecipeChecks} draft={draft} onChange={change} />
      </Fields>
    </Section>
  );
}

/** What new generators begin with. */
function ModelDefaultsSection() {
  const [draft, setDraft] = useState(() => draftOfDefaults(preferences.get().modelSettings));
  const defaults = defaultsOfDraft(draft);
  const change = (next: typeof draft) => {
    setDraft(next);
    const read = defaultsOfDraft(next);
    if (read) preferences.set({ modelSettings: { ...read } });
  };
  const fields = { schema: MODEL_DEFAULTS_SCHEMA, draft, onChange: change };
  const isChanged = defaults === null || Object.keys(defaults).length > 0;
  return (
    <Section
      title="New generators begin with"
      about="Each generator can be changed before it is trained. Protection is always on to begin with."
      actions={
        isChanged && (
          <Button variant="ghost" icon={RotateCcw} onClick={() => change(draftOfDefaults({}))}>
            As the model says
          </Button>
        )
      }
    >
      <Fields>
        <SettingsForm {...fields} expert={false} />
        <SettingsForm {...fields} expert />
      </Fields>
    </Section>
  );
}
