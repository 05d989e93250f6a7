/** The page of the conformance test and of `bench/gpu.ts`: the spec calls these functions and judges the figures. */

import { compareEvaluation, compareGeneration, compareTraining } from './compare';
import { disturb } from './faults';
import { adapterFacts, endure, failBeside, loseDevice, refuse, shareWithTfjs } from './lifecycle';
import { measureSteps } from './measure';
import { report } from './report';

const page = {
  adapterFacts,
  compareTraining,
  compareEvaluation,
  compareGeneration,
  endure,
  refuse,
  loseDevice,
  failBeside,
  shareWithTfjs,
  disturb,
  measureSteps,
};

export type ConformancePage = typeof page;

declare global {
  interface Window {
    conformance: ConformancePage;
  }
}

window.conformance = page;
if (location.hash === '#report') void report();
