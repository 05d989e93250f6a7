/** The page of the conformance test and of `bench/gpu.ts`: the spec calls these functions and judges the figures. */

import { compareEvaluation, compareGeneration, compareTraining } from './compare';
import { adapterFacts, endure, loseDevice, moveOn, refuse, shareWithTfjs } from './lifecycle';
import { measureSteps } from './measure';

const page = {
  adapterFacts,
  compareTraining,
  compareEvaluation,
  compareGeneration,
  endure,
  refuse,
  loseDevice,
  moveOn,
  shareWithTfjs,
  measureSteps,
};

export type ConformancePage = typeof page;

declare global {
  interface Window {
    conformance: ConformancePage;
  }
}

window.conformance = page;
