import { hashText, uniformAt } from '../../../../../src/domain/random';
import { analyseColumn, type ColumnEncoding, decodeColumn, encodeColumn } from '../../../encoding/encoder';
import type { Learned } from '../../artefact';
import { withGivenCells } from '../../given-cells';
import type { GivenColumn, Model, SampleRequest, Sampler } from '../../model';

/** What the family learns of a column: how its values become codes, and how often each code occurs. */
interface Column {
  readonly encoding: ColumnEncoding;
  readonly outputIndex: number;
  readonly counts: readonly (readonly number[])[];
}

/** Draws every column independently: the smallest model there can be. */
export function createModel(): Model<Column[]> {
  return {
    check() {},
    async encode({ features, read, keyed }, configuration, job) {
      const columns: Column[] = [];
      for (const [index, { schema, encodingType, outputIndex }] of features.entries()) {
        const { training } = await read(index);
        const options = { ...configuration, seed: keyed.seed('column', index) };
        const encoding = analyseColumn(training, schema.storageType, encodingType, options);
        const counts = encodeColumn(encoding, training).map((codes, j) => {
          const count = new Array<number>(encoding.subColumns[j]!.cardinality).fill(0);
          for (const code of codes) count[code]!++;
          return count;
        });
        columns.push({ encoding, outputIndex, counts });
        for (const stage of ['pull', 'analyse', 'encode'] as const)
          job.onColumns(stage, index + 1, features.length);
        await job.yield();
      }
      return columns;
    },
    async train(columns, _configuration, job) {
      job.onBackend('Counting');
      const learned: Learned = { content: columns, tensors: {} };
      await job.onCheckpoint(open(learned));
      const codes = columns.flatMap(({ counts }) => counts.map(({ length }) => length));
      const rows = columns[0]!.counts[0]!.reduce((sum, count) => sum + count, 0);
      const summary = {
        backend: 'counting',
        adapter: 'Counting',
        rows: { training: rows, validation: 0 },
        parameters: codes.reduce((sum, length) => sum + length, 0),
        seconds: 0,
        stoppedBy: 'completed',
        passes: null,
        generationOrder: null,
        privacyGuard: null,
        peakMemory: 0,
      } as const;
      return { learned, summary };
    },
    open: async (learned) => open(learned),
  };
}

function open({ content }: Learned): Sampler {
  const columns = content as readonly Column[];
  async function* rows({ rows, seed }: SampleRequest) {
    const drawn = columns.map(({ encoding, outputIndex, counts }, c) => {
      const codes = counts.map((count, j) => {
        const total = count.reduce((sum, n) => sum + n, 0);
        return Uint16Array.from({ length: rows }, (_, row) => {
          const drawn = total * uniformAt(seed, hashText(`${c} ${j}`), row);
          let below = 0;
          return count.findIndex((n) => {
            below += n;
            return drawn < below;
          });
        });
      });
      return decodeColumn(encoding, codes, { seed, column: outputIndex }, 0);
    });
    yield { row0: 0, rows, columns: drawn, seconds: 0 };
  }
  async function* complete(given: readonly GivenColumn[], request: SampleRequest) {
    for await (const block of rows(request)) {
      const kept = block.columns.map((column, feature) => {
        const known = given.find((candidate) => candidate.feature === feature);
        return known ? withGivenCells(column, known) : column;
      });
      yield { ...block, columns: kept };
    }
  }
  return { rows, complete, memory: () => 0, dispose: () => undefined };
}
