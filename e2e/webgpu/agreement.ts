import { expect, type Page } from '@playwright/test';
import type { TrainingCase } from './page/compare';

/** Trains some steps through WebGPU and through the reference and expects them to agree. */
export async function expectStepsToAgree(page: Page, given: TrainingCase): Promise<void> {
  const gaps = await page.evaluate((options) => window.conformance.compareTraining(options), given);
  expect(gaps.errors).toEqual([]);
  expect(gaps.loss).toBeLessThan(1e-4);
  expect(gaps.firstMoment).toBeLessThan(1e-4);
  expect(gaps.secondMoment).toBeLessThan(1e-5);
  expect(gaps.parameters).toBeLessThan(1e-4);
  expect(gaps.average).toBeLessThan(1e-4);
  expect(gaps.evaluation).toBeLessThan(1e-4);
  expect(gaps.repeated).toBe(true);
}

/** The same over twenty steps, whose dispatches and submits count. */
export async function expectLongRunToAgree(page: Page, given: Omit<TrainingCase, 'steps'>): Promise<void> {
  const options = { ...given, steps: 20 };
  const gaps = await page.evaluate((all) => window.conformance.compareTraining(all), options);
  expect(gaps.errors).toEqual([]);
  expect(gaps.loss).toBeLessThan(1e-3);
  expect(gaps.evaluation).toBeLessThan(1e-3);
  expect(gaps.dispatchesPerStep).toBeLessThanOrEqual(10);
  expect(gaps.submits).toBe(1);
}
