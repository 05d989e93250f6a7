/**
 * Our network as anyone would write it on tfjs, one op at a time: rows as dense one-hot
 * vectors X [B × S], every T_ij in one masked matrix T [S × H], one head per sub-column,
 *
 *     h = relu(X · (T ∘ mask) + b)        logits_j = h_j · V_j + c_j        loss_j = mean cross-entropy(logits_j, x_j)
 *
 * and AdamW variable by variable. Forward and backward are written out, because on tfjs-wasm a product with a
 * transposed operand runs ten times slower than one of the transpose, and `gather` has no gradient there. It does less
 * than ours: one column order a step, no dropout, no average of the weights.
 */
import {
  add,
  addN,
  concat,
  div,
  exp,
  gather,
  log,
  matMul,
  max,
  mean,
  mul,
  step as positive,
  relu,
  type Scalar,
  scalar,
  slice,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { DenseModel, DenseWeights } from './dense-model';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
const WEIGHT_DECAY = 0.01;

/** A trained array with its Adam moments. */
interface Variable {
  value: Tensor;
  firstMoment: Tensor;
  secondMoment: Tensor;
  readonly decays: boolean;
}

interface Head {
  readonly weights: Variable;
  readonly bias: Variable;
}

/** Runs on whatever backend of tfjs is set when it is made. */
export class DenseNetwork {
  readonly #model: DenseModel;
  readonly #rows: Tensor2D;
  readonly #tables: Variable;
  readonly #bias: Variable;
  readonly #heads: readonly Head[];
  readonly #constants = [BETA1, 1 - BETA1, BETA2, 1 - BETA2, EPSILON].map((value) => scalar(value));
  #steps = 0;

  /** @param oneHot all rows of the table, [rows × S] */
  constructor(model: DenseModel, weights: DenseWeights, oneHot: Float32Array) {
    const { codes, units } = model;
    this.#model = model;
    this.#rows = tensor2d(oneHot, [oneHot.length / codes, codes]);
    this.#tables = variable(tensor2d(weights.tables, [codes, units]), true);
    this.#bias = variable(tensor1d(weights.bias), false);
    this.#heads = model.parts.map(({ cardinality, hidden }, j) => ({
      weights: variable(tensor2d(weights.heads[j]!, [hidden, cardinality]), true),
      bias: variable(tensor1d(weights.headBiases[j]!), false),
    }));
  }

  /**
   * One step of training.
   * @param rows numbers of the batch's rows
   * @param mask [S × H], 1 where the order of this step shows a code to a unit
   * @returns mean loss per sub-column in nats, to be disposed of
   */
  step(rows: Int32Array, mask: Tensor2D, learningRate: number): Tensor1D {
    this.#steps++;
    const [losses, ...gradients] = tidy(() => this.#pass(rows, mask));
    this.#variables().forEach((each, k) => {
      this.#update(each, gradients[k]!, learningRate);
      gradients[k]!.dispose();
    });
    return losses as Tensor1D;
  }

  /** Gradients of a batch, for checks: T [S × H], b, then V_j and c_j by turns. */
  async gradients(rows: Int32Array, mask: Tensor2D): Promise<Float32Array[]> {
    const pass = tidy(() => this.#pass(rows, mask));
    const values = await Promise.all(pass.map(async (each) => (await each.data()) as Float32Array));
    for (const each of pass) each.dispose();
    return values.slice(1);
  }

  dispose(): void {
    for (const { value, firstMoment, secondMoment } of this.#variables()) {
      for (const each of [value, firstMoment, secondMoment]) each.dispose();
    }
    for (const each of [this.#rows, ...this.#constants]) each.dispose();
  }

  #variables(): Variable[] {
    return [this.#tables, this.#bias, ...this.#heads.flatMap(({ weights, bias }) => [weights, bias])];
  }

  /** @returns losses [sub-columns], then the gradients in the order of `#variables` */
  #pass(rows: Int32Array, mask: Tensor2D): Tensor[] {
    const batch = rows.length;
    const x = gather(this.#rows, tensor1d(rows, 'int32')) as Tensor2D;
    const sums = add(matMul(x, mul(this.#tables.value, mask) as Tensor2D), this.#bias.value) as Tensor2D;
    const hidden = relu(sums);
    const perRow = scalar(1 / batch);
    const heads = this.#model.parts.map((_, j) => this.#head(j, x, hidden, perRow));
    const back = concat(
      heads.map(({ dHidden }) => dHidden),
      1,
    );
    const dSums = mul(back, positive(sums)) as Tensor2D;
    const dTables = mul(matMul(transpose(x), dSums), mask);
    const losses = stack(heads.map(({ loss }) => loss));
    return [losses, dTables, sum(dSums, 0), ...heads.flatMap(({ dWeights, dBias }) => [dWeights, dBias])];
  }

  /** Forward and backward of one target from its hidden units. */
  #head(j: number, x: Tensor2D, hidden: Tensor2D, perRow: Scalar) {
    const { codeStart, unitStart, cardinality, hidden: units } = this.#model.parts[j]!;
    const { weights, bias } = this.#heads[j]!;
    const h = slice(hidden, [0, unitStart], [-1, units]);
    const label = slice(x, [0, codeStart], [-1, cardinality]);
    const logits = add(matMul(h, weights.value as Tensor2D), bias.value) as Tensor2D;
    const top = max(logits, 1, true);
    const powers = exp(sub(logits, top));
    const total = sum(powers, 1, true);
    const own = sum(mul(logits, label), 1, true);
    const dLogits = mul(sub(div(powers, total), label), perRow) as Tensor2D;
    return {
      loss: mean(sub(add(log(total), top), own)),
      dWeights: matMul(transpose(h), dLogits),
      dBias: sum(dLogits, 0),
      dHidden: matMul(dLogits, transpose(weights.value as Tensor2D)),
    };
  }

  #update(target: Variable, gradient: Tensor, learningRate: number): void {
    const [beta1, rest1, beta2, rest2, epsilon] = this.#constants as Scalar[];
    const unbiased = Math.sqrt(1 - BETA2 ** this.#steps);
    const rate = (learningRate * unbiased) / (1 - BETA1 ** this.#steps);
    const next = tidy(() => {
      const m = addN([mul(target.firstMoment, beta1!), mul(gradient, rest1!)]);
      const v = addN([mul(target.secondMoment, beta2!), mul(square(gradient), rest2!)]);
      const kept = target.decays ? mul(target.value, scalar(1 - learningRate * WEIGHT_DECAY)) : target.value;
      const move = div(mul(m, scalar(rate)), add(sqrt(v), epsilon!));
      return [sub(kept, move), m, v] as const;
    });
    for (const old of [target.value, target.firstMoment, target.secondMoment]) old.dispose();
    [target.value, target.firstMoment, target.secondMoment] = next;
  }
}

function variable(value: Tensor, decays: boolean): Variable {
  return { value, firstMoment: zerosLike(value), secondMoment: zerosLike(value), decays };
}
