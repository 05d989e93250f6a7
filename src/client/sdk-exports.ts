import { describeFile } from '../domain/job-configuration';
import { onlyTable } from '../domain/only-table';
import { sdkGenerator } from '../domain/sdk-export';
import { generatorSnippet } from '../domain/sdk-snippet';
import { atTable } from '../domain/source-versions';
import type { SdkExport } from './api';
import type { ClientContext } from './context';

/** A generator's configuration for the MOSTLY AI SDK, with the file that it is trained on by name. */
export function sdkOfGenerator(
  { generators, sources }: Pick<ClientContext, 'generators' | 'sources'>,
  id: string,
): SdkExport {
  const { config, imported } = generators.get(id);
  const { sourceId, tableId, name } = onlyTable(config);
  const sdk = sdkGenerator(config);
  const known = sources.has(sourceId) ? sources.get(sourceId) : null;
  const file = known ? asRead(atTable(known, tableId) ?? known) : imported?.source;
  return { ...sdk, python: generatorSnippet(sdk, file ?? { file: `${name}.csv` }) };
}

/** The file with what was found in its cells: pandas finds nothing anew. */
function asRead(source: Parameters<typeof describeFile>[0]): ReturnType<typeof describeFile> {
  const file = describeFile(source);
  const { decimal, nullValues } = source.dialect;
  return { ...file, dialect: { ...file.dialect!, decimal, nullValues } };
}
