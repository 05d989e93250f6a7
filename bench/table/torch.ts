import { z } from 'zod';
import { findPython, PYTHON_HINT, type Python, PythonPeer } from '../peers/python';
import { lineOf, type Report, rowsPerSecond, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT, HIGH_CARDINALITY, ONE_LEVEL, type Shape, WIDE } from './shapes';
import { openModel, stepTimer } from './step-timer';

const BATCHES = [256, 512, 2048];
/** Of PyTorch per measurement: some hundred milliseconds on the shapes below. */
const STEPS = 6;

interface Case {
  readonly shape: Shape;
  readonly layout: 'reference' | 'dense';
  readonly bar?: number;
}

const CASES: readonly Case[] = [
  { shape: ADULT, layout: 'reference', bar: 3 },
  { shape: ADULT, layout: 'dense' },
  { shape: WIDE, layout: 'reference' },
  { shape: HIGH_CARDINALITY, layout: 'reference', bar: 1 },
  { shape: ONE_LEVEL, layout: 'reference' },
];

const Measured = z.object({ meanSecondsPerStep: z.number(), torch: z.string() });

/** Training steps against PyTorch on the CPU, one thread each. */
export async function measureTorch(report: Report, options: TableOptions): Promise<void> {
  const python = findPython();
  if (!python?.torch) {
    report.note(
      `PyTorch was not measured: ${python ? 'this Python has no torch' : 'there is no Python'}. To get it: ${PYTHON_HINT}`,
    );
    return;
  }
  for (const each of CASES) {
    for (const batchSize of BATCHES) await compare(report, options, python, each, batchSize);
  }
  report.note(
    'PyTorch, reference layout: an embedding per column, a Linear per target over all of them with dropout on its ' +
      'input, a Linear to the codes, fused AdamW; dense layout: one masked product of one-hot rows and a head per ' +
      'target. One thread, denormals flushed.',
  );
}

async function compare(
  report: Report,
  { rounds }: TableOptions,
  python: Python,
  { shape, layout, bar }: Case,
  batchSize: number,
): Promise<void> {
  const { spec, rows, cardinalities } = shape;
  const wasm = await openModel(spec, rows);
  const args = ['--layout', layout, '--cards', cardinalities.join(), '--batch', String(batchSize)];
  const peer = new PythonPeer(python, 'torch_layouts.py', [
    ...args,
    '--steps',
    String(STEPS),
    '--threads',
    '1',
    '--serve',
  ]);
  try {
    const { torch } = Measured.parse(await peer.answer());
    const ratio = await sandwichRatio({
      own: await stepTimer(wasm, spec, rows, batchSize),
      other: async () => (1000 * Measured.parse(await peer.ask()).meanSecondsPerStep) / batchSize,
      rounds,
    });
    const what = `training step, ${shape.name}, batch ${batchSize.toLocaleString('en')}`;
    const against = `PyTorch ${torch}, ${layout} layout`;
    report.line(
      lineOf(ratio, { what, against, figure: rowsPerSecond, ...(bar === undefined ? {} : { bar }) }),
    );
  } finally {
    peer.close();
    wasm.dispose();
  }
}
