/** Divides requests among workers, and joins their results. */
import type { EvaluationRequest, GenerationRequest } from '../network/network-backend';
import type { RowRange } from './balance';

/** The same values in a buffer of their own: posting a view would copy the whole buffer behind it. */
export function own<T extends Uint16Array | Uint32Array>(values: T): T {
  return values.byteLength === values.buffer.byteLength ? values : (values.slice() as T);
}

/** Rows of a table sent at once. Sent whole, a long table would be in memory several times. */
const PIECE_ROWS = 131_072;

/** Pieces of a column-major table, column-major themselves, each in a buffer of its own. */
export function* cutTable(
  codes: Uint16Array,
  parts: number,
  rowCount: number,
): Generator<{ readonly first: number; readonly piece: Uint16Array }> {
  for (let first = 0; first < rowCount; first += PIECE_ROWS) {
    const rows = Math.min(PIECE_ROWS, rowCount - first);
    const piece = new Uint16Array(parts * rows);
    for (let j = 0; j < parts; j++) {
      const from = j * rowCount + first;
      piece.set(codes.subarray(from, from + rows), j * rows);
    }
    yield { first, piece };
  }
}

/** Rows from … to − 1 of an evaluation. */
export function sliceEvaluation(request: EvaluationRequest, from: number, to: number): EvaluationRequest {
  return {
    ...request,
    orders: { count: request.orders.count, ranks: own(request.orders.ranks) },
    rows: own(request.rows.subarray(from, to)),
    orderOf: own(request.orderOf.subarray(from, to)),
  };
}

/** Rows from … to − 1 of a generation; they draw by their absolute number. */
export function sliceGeneration(request: GenerationRequest, from: number, to: number): GenerationRequest {
  return {
    ...request,
    rows: to - from,
    row0: request.row0 + from,
    fixed: request.fixed.map((codes) => codes && own(codes.subarray(from, to))),
  };
}

/**
 * Joins drawn rows.
 * @param drawn per range, column-major
 * @returns codes of all rows, column-major [sub-column][row]
 */
export function joinCodes(
  drawn: readonly Uint16Array[],
  ranges: readonly RowRange[],
  rows: number,
  parts: number,
): Uint16Array {
  const joined = new Uint16Array(parts * rows);
  drawn.forEach((codes, k) => {
    const { from, to } = ranges[k]!;
    for (let j = 0; j < parts; j++) {
      joined.set(codes.subarray(j * (to - from), (j + 1) * (to - from)), j * rows + from);
    }
  });
  return joined;
}
