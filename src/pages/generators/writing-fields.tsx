import { useTyped } from '../../components/use-typed';
import type { ColumnConfig, ColumnProfile } from '../../domain/columns';
import { suggestedFake } from '../../domain/decide-writing';
import { FakeKind, FakeLocale, fakeInWords, type Writing, type WrittenAs } from '../../domain/writing';

const NAMES: Record<Exclude<WrittenAs, 'auto'>, string> = {
  key: 'New keys of the same form',
  pattern: 'Texts of the same pattern',
  fake: 'Made-up values',
  constant: 'One value in every row',
  omit: 'Nothing: left out',
};

const LANGUAGES: Record<FakeLocale, string> = {
  en: 'English',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  nl: 'Dutch',
  pl: 'Polish',
  pt: 'Portuguese',
};

/** The ways in which a column of this type can be written without being learned. */
export function fittingWritings(storageType: ColumnProfile['storageType']): Exclude<WrittenAs, 'auto'>[] {
  if (storageType === 'text') return ['key', 'pattern', 'fake', 'constant', 'omit'];
  return storageType === 'integer' ? ['key', 'constant', 'omit'] : ['constant', 'omit'];
}

/** A way of writing in plain words. */
export function writingName(writtenAs: Exclude<WrittenAs, 'auto'>): string {
  return NAMES[writtenAs];
}

const FIELD =
  'mt-1.5 min-h-9 w-full rounded-lg border border-line-strong/70 bg-card px-2 py-1 text-sm text-ellipsis';

/** What there is to say of the chosen way: what is made up and in which language, or the value of every row. */
export function WritingFields(props: {
  readonly config: ColumnConfig;
  readonly profile: ColumnProfile;
  /** What that comes to. */
  readonly writing: Writing | undefined;
  readonly onChange: (config: ColumnConfig) => void;
}) {
  const { config, profile, writing, onChange } = props;
  const made = writing?.as === 'fake' ? writing : null;
  if (config.writtenAs === 'constant') {
    return <ConstantField {...{ config, onChange }} />;
  }
  if (config.writtenAs !== 'fake') return null;
  return (
    <div className="flex gap-2">
      <select
        aria-label={`What is made up for ${config.name}`}
        value={made?.kind ?? config.fake ?? suggestedFake(profile)}
        onChange={(event) => onChange({ ...config, fake: FakeKind.parse(event.target.value) })}
        className={FIELD}
      >
        {FakeKind.options.map((kind) => (
          <option key={kind} value={kind}>
            {capitalised(fakeInWords(kind))}
          </option>
        ))}
      </select>
      <select
        aria-label={`Language of ${config.name}`}
        value={made?.locale ?? config.locale ?? 'en'}
        onChange={(event) => onChange({ ...config, locale: FakeLocale.parse(event.target.value) })}
        className={FIELD}
      >
        {FakeLocale.options.map((locale) => (
          <option key={locale} value={locale}>
            {LANGUAGES[locale]}
          </option>
        ))}
      </select>
    </div>
  );
}

function ConstantField(props: {
  readonly config: ColumnConfig;
  readonly onChange: (config: ColumnConfig) => void;
}) {
  const { config, onChange } = props;
  const [text, type] = useTyped(config.constant ?? '', (constant) => onChange({ ...config, constant }));
  return (
    <input
      aria-label={`Value of ${config.name} in every row`}
      placeholder="Empty cells"
      value={text}
      maxLength={10_000}
      onChange={(event) => type(event.target.value)}
      className={FIELD}
    />
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
