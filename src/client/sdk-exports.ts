import { describeFile } from '../domain/job-configuration';
import { onlyTable } from '../domain/only-table';
import { sdkGenerator } from '../domain/sdk-export';
import { generatorSnippet } from '../domain/sdk-snippet';
import type { SdkExport } from './api';
import type { ClientContext } from './context';

/** A generator's configuration for the MOSTLY AI SDK, with the file that it is trained on by name. */
export function sdkOfGenerator(
  { generators, sources }: Pick<ClientContext, 'generators' | 'sources'>,
  id: string,
): SdkExport {
  const { config, imported } = generators.get(id);
  const { sourceId, name } = onlyTable(config);
  const sdk = sdkGenerator(config);
  const file = sources.has(sourceId) ? describeFile(sources.get(sourceId)) : imported?.source;
  return { ...sdk, python: generatorSnippet(sdk, file ?? { file: `${name}.csv` }) };
}
