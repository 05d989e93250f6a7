import { describe, expect, it } from 'vitest';
import { currentProject, FIRST_PROJECT, type Project, projectIdOf, projectsThere } from './projects';

const A: Project = { id: 'a', name: 'A' };
const B: Project = { id: 'b', name: 'B', archived: true };
const names = (projects: readonly Project[]) => projects.map(({ name }) => name);

describe('projects', () => {
  it('are one where nothing was made, and the first one stays while it holds something or is the only one', () => {
    expect(names(projectsThere([], []))).toEqual(['My project']);
    expect(names(projectsThere([A], []))).toEqual(['A']);
    expect(names(projectsThere([A], [{ projectId: 'a' }]))).toEqual(['A']);
    expect(names(projectsThere([A], [{}]))).toEqual(['My project', 'A']);
    expect(names(projectsThere([A], [{ projectId: 'gone' }]))).toEqual(['My project', 'A']);
    expect(names(projectsThere([B], []))).toEqual(['My project', 'B']);
    expect(names(projectsThere([A, { id: FIRST_PROJECT, name: 'Renamed' }], []))).toEqual(['Renamed', 'A']);
  });

  it('hold what names them, the first one all else', () => {
    const home = projectIdOf([A]);
    expect([home({ projectId: 'a' }), home({}), home({ projectId: 'gone' })]).toEqual([
      'a',
      FIRST_PROJECT,
      FIRST_PROJECT,
    ]);
  });

  it('are worked in one at a time, never in an archived one while there is another', () => {
    expect(currentProject([A, B], 'a')).toBe(A);
    expect(currentProject([B, A], 'b')).toBe(A);
    expect(currentProject([A], 'gone')).toBe(A);
    expect(currentProject([B], 'b')).toBe(B);
  });
});
