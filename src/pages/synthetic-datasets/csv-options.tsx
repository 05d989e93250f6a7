import { SelectField, SwitchField } from '../../components/field';
import { layoutWords } from '../../domain/layout-words';
import type { OriginalForm } from '../../domain/original-form';
import type { CsvExportOptions } from '../../domain/synthetic-datasets';

const STANDARD = 'Commas, UTF-8, CRLF, dates by ISO 8601, no value as an empty cell (RFC 4180).';

/** How CSV is written. */
export function CsvOptions({
  value,
  original,
  onChange,
}: {
  readonly value: CsvExportOptions;
  /** Absent = not known. */
  readonly original: OriginalForm | undefined;
  readonly onChange: (value: CsvExportOptions) => void;
}) {
  const { form = 'original' } = value;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      {original && (
        <SelectField
          label="CSV is written"
          options={[
            { value: 'original', label: 'As the original' },
            { value: 'standard', label: 'Standard CSV' },
          ]}
          value={form}
          onChange={(chosen) => onChange({ ...value, form: chosen })}
          help={
            form === 'standard'
              ? STANDARD
              : `${capitalised(layoutWords(original.layout))}; dates, numbers and missing values as in its columns. Titles, comments and a row of units are not written.`
          }
        />
      )}
      <SwitchField
        label="Neutralise spreadsheet formulas in CSV"
        value={value.neutraliseFormulas}
        onChange={(neutraliseFormulas) => onChange({ ...value, neutraliseFormulas })}
        help="Puts a ' before cells that a spreadsheet would run as a formula. This changes those values."
      />
    </div>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
