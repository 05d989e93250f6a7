/** Stages of the main job, in their order. */
export const STAGES = ['import', 'training', 'generation', 'report', 'export', 'version'] as const;
export type Stage = (typeof STAGES)[number];

/** What a run of the main job gives. */
export interface Result {
  /** SHA-256 of the Parquet file, and the overall accuracy of the report. */
  readonly parquet: string;
  readonly accuracy: number | null;
  /** Number, file and rows of each version of the source. */
  readonly versions: string;
}

export interface MainJob {
  readonly csv: string;
  /** A newer file, which becomes the second version at the end; absent = none. */
  readonly newerCsv?: string;
  /** What is on hold is resumed, and what is there is not made again; else everything is made anew. */
  readonly goesOn: boolean;
  /** Of the model, in place of the defaults. */
  readonly settings: object;
  /** Of the generation likewise. */
  readonly generation: object;
}

/** The main job from the file, or from where it is, to its downloads; the same each time. Runs in the page. */
export async function mainJob({ csv, newerCsv, goesOn, settings, generation }: MainJob): Promise<Result> {
  const { generators, jobs, reports, sources, syntheticDatasets, workspace } = window.doppelgrid;
  const { tellStage } = window as unknown as { tellStage?(stage: Stage): void };
  const tell = (stage: Stage) => tellStage?.(stage);
  const there = <T>(list: readonly T[]) => (goesOn ? list[0] : undefined);
  if (goesOn) for (const job of jobs.list({ status: 'ON_HOLD' })) await jobs.resume(job.id);
  const source = there(sources.list()) ?? (await sources.create({ name: 'table.csv', text: csv }));
  tell('import');
  let generator = there(generators.list());
  if (!generator) {
    const { config } = generators.propose(source.id);
    const own = { ...config, randomState: 7 };
    Object.assign(own.tables[0]!.tabularModelConfiguration, settings);
    generator = generators.create(own, { protectionKey: '5'.repeat(64) });
  }
  if (generator.trainingStatus !== 'DONE') await generators.train(generator.id);
  tell('training');
  let dataset = there(syntheticDatasets.list());
  if (!dataset) {
    const proposed = syntheticDatasets.propose(generator.id);
    Object.assign(proposed.tables[0]!.configuration, generation);
    dataset = syntheticDatasets.create({ ...proposed, randomState: 11 });
  }
  if (dataset.generationStatus !== 'DONE') dataset = await syntheticDatasets.generate(dataset.id);
  tell('generation');
  const { id, reportId } = dataset;
  const own = reports.list().find((report) => report.id === reportId);
  const report = own ?? there(reports.list()) ?? (await reports.create(id));
  tell('report');
  const file = await syntheticDatasets.download(id, 'parquet');
  if (goesOn) await syntheticDatasets.download(id, 'csv');
  tell('export');
  if (newerCsv !== undefined && sources.versions(source.id).length === 1) {
    const newer =
      sources.newer(source.id) ??
      (await sources.readVersion(source.id, { name: 'newer.csv', text: newerCsv }));
    await sources.addVersion(source.id, newer);
  }
  tell('version');
  await workspace.flush();
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const parquet = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const versions = sources
    .versions(source.id)
    .map(({ number, fileName, tables }) => `${number} ${fileName} ${tables[0]!.rowCount}`);
  return { parquet, accuracy: report.metrics.accuracy.overall, versions: versions.join(', ') };
}
