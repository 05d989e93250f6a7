import type { Rule } from '../../../../src/domain/rules';
import type { Learned } from '../artefact';
import type { EncodedFeature } from '../coded-columns';
import type { Tie } from '../kept-rules';
import type { Discriminator } from './discriminator/discriminator';
import type { FactorCoding } from './factors/factor-coding';
import type { ArgnConfiguration } from './family';
import type { ModelSpec } from './network/network-backend';
import type { CodeRelation } from './network/restrictions';
import type { OrderMix } from './training/order-planner';

/** What ARGN keeps of a training beside the averaged weights, which lie in the layout of `spec`. */
export interface ArgnContent {
  readonly configuration: ArgnConfiguration;
  readonly spec: ModelSpec;
  /** Column orders that it was trained in. */
  readonly orders: OrderMix;
  readonly features: readonly EncodedFeature[];
  /** Codes that go together in the training rows, from the rules of the table. */
  readonly relations: readonly CodeRelation[];
  /** Rules whose relations follow from the encodings. */
  readonly computed: readonly Rule[];
  readonly ties: readonly Tie[];
  /** Columns at the end of `spec` that are no features. */
  readonly factors: FactorCoding | null;
  /** Its last training was on rows of another version than its encodings: they were coded by value. Absent = by rank. */
  readonly codedByValue?: true;
  /** Columns that the rotations of rotated order begin at; absent = every one. */
  readonly starts?: readonly number[];
  /** Decides which drawn rows are kept; absent = all. */
  readonly discriminator?: Discriminator;
}

export interface ArgnLearned extends Learned {
  readonly content: ArgnContent;
  readonly tensors: { readonly weights: Float32Array };
}
