import { nameOfRecord } from '../domain/record-name';
import type { RecordKind, SetAside } from '../domain/records';
import { z } from '../domain/zod';

const OfDataset = z.looseObject({ syntheticDatasetId: z.string() });

/** Records that are not shown, and why. */
export class SetAsideRecords {
  #records: readonly (SetAside & { readonly datasetId: string | null })[] = [];

  list(): readonly SetAside[] {
    return this.#records.map(({ datasetId: _dataset, ...record }) => record);
  }

  /** Adds or replaces. @param value what the record holds, of whatever form */
  put(kind: RecordKind, id: string, value: unknown, reason: string): void {
    this.drop(kind, id);
    const datasetId = OfDataset.safeParse(value).data?.syntheticDatasetId ?? null;
    this.#records = [...this.#records, { kind, id, name: nameOfRecord(value, id), reason, datasetId }];
  }

  drop(kind: RecordKind, id: string): void {
    this.#records = this.#records.filter((other) => other.kind !== kind || other.id !== id);
  }

  /** Forgets the reports of a synthetic dataset, which go with it. @returns their ids */
  takeReportsOf(datasetId: string): string[] {
    const reports = this.#records.filter(
      (record) => record.kind === 'report' && record.datasetId === datasetId,
    );
    for (const { kind, id } of reports) this.drop(kind, id);
    return reports.map(({ id }) => id);
  }
}
