import { KeyRound } from 'lucide-react';
import { Toggle } from '../../components/field';
import { ScrollArea } from '../../components/scroll-area';
import { UserText } from '../../components/user-text';
import type { ColumnConfig, EncodingDecision, ModelEncodingType, StorageType } from '../../domain/columns';
import { encodingName, fittingTypes } from './encoding-names';

interface Row {
  readonly config: ColumnConfig;
  readonly storageType: StorageType;
  readonly decision: EncodingDecision | undefined;
}

/** How every column takes part, why, and the way to change it. Without `onChange` it only shows. */
export function ColumnTable(props: {
  readonly rows: readonly Row[];
  readonly primaryKey: string | null;
  readonly onChange?: (config: ColumnConfig) => void;
}) {
  const { onChange } = props;
  return (
    <ScrollArea
      label="Column settings"
      className="max-h-[36rem] overflow-auto rounded-xl border border-line bg-card"
    >
      <table className="w-full min-w-3xl border-collapse text-left text-sm">
        <thead className="sticky top-0 z-10 bg-sunken text-ink-soft">
          <tr>
            <th scope="col" className="w-20 px-4 py-2 font-medium">
              Use
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Column
            </th>
            <th scope="col" className="w-64 px-3 py-2 font-medium">
              Encoding
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ config, storageType, decision }) => (
            <tr key={config.name} className="border-t border-line/70 align-top">
              <td className="px-4 py-2.5">
                <Toggle
                  label={`Use ${config.name}`}
                  checked={config.included}
                  disabled={!onChange}
                  onChange={(included) => onChange?.({ ...config, included })}
                />
              </td>
              <th scope="row" className="max-w-44 px-3 py-2.5 font-medium">
                <UserText text={config.name} />
                <span className="block text-xs font-normal text-ink-soft">
                  {config.name === props.primaryKey ? (
                    <span className="inline-flex items-center gap-1">
                      <KeyRound aria-hidden="true" size={12} /> primary key
                    </span>
                  ) : (
                    storageType
                  )}
                </span>
              </th>
              <td className="px-3 py-2.5">
                {onChange ? (
                  <TypeSelect
                    config={config}
                    storageType={storageType}
                    decision={decision}
                    onChange={onChange}
                  />
                ) : (
                  <ResolvedType decision={decision} />
                )}
              </td>
              <td className="px-4 py-2.5 text-ink-soft">
                <bdi className="line-clamp-3" title={decision?.evidence}>
                  {decision?.evidence}
                </bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function ResolvedType({ decision }: { decision: EncodingDecision | undefined }) {
  if (decision?.encodingType) return <>{encodingName(decision.encodingType)}</>;
  return (
    <span className="text-ink-soft">{decision?.role === 'primary-key' ? 'Regenerated' : 'Left out'}</span>
  );
}

function TypeSelect(props: {
  readonly config: ColumnConfig;
  readonly storageType: StorageType;
  readonly decision: EncodingDecision | undefined;
  readonly onChange: (config: ColumnConfig) => void;
}) {
  const { config, decision } = props;
  const resolved = decision?.encodingType ? encodingName(decision.encodingType).toLowerCase() : 'left out';
  const types = fittingTypes(props.storageType);
  const options: readonly ModelEncodingType[] = types.includes(config.modelEncodingType)
    ? types
    : [...types, config.modelEncodingType];
  return (
    <select
      aria-label={`Encoding of ${config.name}`}
      value={config.modelEncodingType}
      disabled={!config.included || decision?.role === 'primary-key'}
      onChange={(event) => {
        const modelEncodingType = options.find((type) => type === event.target.value);
        if (modelEncodingType) props.onChange({ ...config, modelEncodingType });
      }}
      className="min-h-9 w-full rounded-lg border border-line-strong/70 bg-card px-2 py-1 text-sm disabled:opacity-60"
    >
      {options.map((type) => (
        <option key={type} value={type}>
          {type === 'AUTO' ? `Auto: ${resolved}` : encodingName(type)}
        </option>
      ))}
    </select>
  );
}
