/** The page of the conformance tests and of `bench/faults.ts`, which call these functions and check the figures. */

import { compareEvaluation, compareGeneration, compareTraining } from './compare';
import { adapterFacts, endure, failBeside, loseDevice, refuse, shareWithTfjs } from './device';
import { disturb } from './faults';
import { drawNoise, losePrivateTraining, privateGradient } from './private';
import { trainOnThreads } from './threads';

const page = {
  adapterFacts,
  compareTraining,
  compareEvaluation,
  compareGeneration,
  drawNoise,
  privateGradient,
  losePrivateTraining,
  endure,
  refuse,
  loseDevice,
  failBeside,
  shareWithTfjs,
  disturb,
  trainOnThreads,
};

export type ConformancePage = typeof page;

declare global {
  interface Window {
    conformance: ConformancePage;
  }
}

window.conformance = page;
