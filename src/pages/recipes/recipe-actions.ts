import { navigate } from 'wouter/use-hash-location';
import type { DoppelgridClient, RunRef } from '../../client/api';
import { showToast } from '../../components/toasts';
import { showError, trainGenerator } from '../actions';

/** Saves a run as a recipe and shows it. */
export function saveRecipe(client: DoppelgridClient, of: RunRef): void {
  try {
    const { id } = client.recipes.create(of);
    navigate(`/recipes/${id}`);
    showToast('Saved as a recipe. Name it, set what its report must reach, or run it on another file.');
  } catch (error) {
    showError(error);
  }
}

/** Trains by a recipe, then generates and checks. */
export async function runRecipe(
  client: DoppelgridClient,
  id: string,
  sourceId: string,
  holdoutSourceId: string | null,
): Promise<void> {
  try {
    const generator = client.recipes.apply(id, sourceId, holdoutSourceId);
    navigate(`/generators/${generator.id}`);
    await trainGenerator(client, generator.id, true);
  } catch (error) {
    showError(error);
  }
}
