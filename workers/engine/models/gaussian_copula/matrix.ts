import { eigenvectors } from '../../../../src/domain/eigenvectors';

/** Dense symmetric matrices, row-major [size × size], in double precision. */

/**
 * The lower triangle L of which L·Lᵀ is the matrix (Golub & Van Loan 2013, "Matrix Computations", 4.2); null where it is
 * not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | null {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i > j) lower[i * size + j] = sum / lower[j * size + j]!;
      else if (sum > 1e-12) lower[i * size + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** The inverse of L·Lᵀ. */
export function inverseOf(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let c = 0; c < size; c++) {
    column.fill(0);
    column[c] = 1;
    solve(lower, size, column);
    for (let r = 0; r < size; r++) inverse[r * size + c] = column[r]!;
  }
  return inverse;
}

/** Solves L·Lᵀ·x = b in index. */
function solve(lower: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
}

/** Smallest eigenvalue that a correlation matrix is given. */
const LEAST_EIGENVALUE = 1e-6;
/** Eigenvectors of larger matrices would take minutes. */
const LARGEST_DECOMPOSED = 250;

/**
 * A positive definite correlation matrix close to a symmetric matrix with ones on its diagonal: its negative eigenvalues are
 * raised to about zero and the rows scaled back to ones (Rebonato & Jäckel 1999, "The most general methodology to create
 * a valid correlation matrix"); a large matrix is moved towards independence instead.
 */
export function nearestCorrelation(matrix: Float64Array, size: number): Float64Array {
  if (cholesky(matrix, size)) return matrix;
  if (size <= LARGEST_DECOMPOSED) {
    const raised = withRaisedEigenvalues(matrix, size);
    if (cholesky(raised, size)) return raised;
  }
  for (let share = 0.98; ; share *= 0.95) {
    const moved = matrix.map((value, i) => (i % (size + 1) === 0 ? 1 : share * value));
    if (cholesky(moved, size)) return moved;
  }
}

function withRaisedEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const factors = new Float64Array(size * size);
  for (const [k, vector] of eigenvectors(matrix, size).entries()) {
    let value = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) value += vector[i]! * matrix[i * size + j]! * vector[j]!;
    const root = Math.sqrt(Math.max(value, LEAST_EIGENVALUE));
    for (let i = 0; i < size; i++) factors[i * size + k] = root * vector[i]!;
  }
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += factors[i * size + k]! * factors[j * size + k]!;
      result[i * size + j] = sum;
    }
  }
  const roots = Float64Array.from({ length: size }, (_, i) => Math.sqrt(result[i * size + i]!));
  return result.map((value, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    return row === column ? 1 : value / (roots[row]! * roots[column]!);
  });
}
