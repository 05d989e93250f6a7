/** The exports of `assembly/index.ts` as seen from here. Addresses and strides in bytes, counts in elements. */
export interface Kernels {
  setScratch(
    hiddenTile: number,
    deltaTile: number,
    logitTile: number,
    lists: number,
    counts: number,
    zeros: number,
    memberRow: number,
    active: number,
    activeEnds: number,
  ): void;
  setRows(
    codes: number,
    rowIndex: number,
    labels: number,
    labelIndex: number,
    keys: number,
    keyStride: number,
    weights: number,
    parts: number,
  ): void;
  setTarget(
    part: number,
    hidden: number,
    width: number,
    bias: number,
    output: number,
    outputBias: number,
    tables: number,
    tableOffsets: number,
    inputs: number,
    inputCount: number,
  ): void;
  setLevels(head: number, classOf: number, starts: number, sizes: number, columns: number): void;
  setDropout(threshold: number, scale: number, base: number, firstRow: number): void;
  gemm(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bStride: number,
    init: number,
    initStride: number,
    c: number,
    cStride: number,
    rows: number,
    columns: number,
    inner: number,
  ): void;
  transpose(
    source: number,
    sourceStride: number,
    target: number,
    targetStride: number,
    rows: number,
    columns: number,
  ): void;
  gatherRows(source: number, list: number, count: number, target: number, bytes: number): void;
  scatterRows(source: number, list: number, count: number, target: number, bytes: number): void;
  accumulateGradients(
    count: number,
    outputTransposed: number,
    distance: number,
    gradOutput: number,
    gradBias: number,
    gradOutputBias: number,
  ): number;
  accumulateClipped(
    count: number,
    outputTransposed: number,
    distance: number,
    gradOutput: number,
    gradBias: number,
    gradOutputBias: number,
    clip: number,
    reach: number,
    column: number,
    factors: number,
  ): number;
  addNoise(
    gradient: number,
    floats: number,
    words: number,
    reserve: number,
    reserveEnd: number,
    grid: number,
    scale: number,
  ): void;
  evaluateRows(count: number): number;
  adamw(
    p: number,
    m: number,
    v: number,
    average: number,
    gradient: number,
    floats: number,
    keep: number,
    rate: number,
    epsilon: number,
    beta1: number,
    beta2: number,
    ema: number,
  ): void;
  probabilityRows(
    count: number,
    probabilities: number,
    shift: number,
    scale: number,
    topP: number,
    expected: number,
    masks: number,
    maskBytes: number,
  ): void;
  memberProbabilityRows(
    count: number,
    probabilities: number,
    stride: number,
    shift: number,
    scale: number,
    topP: number,
    expected: number,
    masks: number,
    maskBytes: number,
  ): void;
  drawMembers(count: number, probabilities: number, stride: number, uniforms: number): void;
  drawRows(count: number, probabilities: number, uniforms: number): void;
}

/** Binds compiled kernels to a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
