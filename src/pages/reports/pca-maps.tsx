import { DensityMap } from '../../components/charts/density-map';
import { formatPercent } from '../../components/format';
import type { Pca } from '../../domain/likeness';

export const PCA_ABOUT =
  'The points of the distances in the first three principal components of the rows trained on: darker where more rows lie, a dot at their mean. The nearer the maps of a line are to each other, the more alike the sets. What fewer than 8 people of the original make up is left out.';

const SETS = [
  ['training', 'Training', 'var(--original)'],
  ['synthetic', 'Synthetic', 'var(--synthetic)'],
  ['holdout', 'Holdout', 'var(--original)'],
] as const;

/** Densities of the sets side by side, for two pairs of components. */
export function PcaMaps({ pca: { panels, centroids, explained } }: { readonly pca: Pca }) {
  const axis = (component: number) =>
    `Principal component ${component} (${formatPercent(explained[component - 1] ?? null)})`;
  return (
    <div className="maps grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {panels.flatMap((panel) => {
        const [a, b] = panel.components;
        return SETS.flatMap(([set, name, color]) => {
          const [levels, centroid] = [panel[set], centroids[set]];
          if (!levels || !centroid) return [];
          return [
            <figure
              key={`${set} ${b}`}
              className="card print-whole min-w-0 rounded-xl border border-line bg-card p-4"
            >
              <figcaption className="mb-2 text-sm font-medium">{`${name}, components ${a} and ${b}`}</figcaption>
              <DensityMap
                label={`Density of ${set} rows, principal components ${a} and ${b}`}
                {...{ color, levels, x: panel.x, y: panel.y }}
                xLabel={axis(a)}
                yLabel={axis(b)}
                centroid={[centroid[a - 1] ?? 0, centroid[b - 1] ?? 0]}
              />
            </figure>,
          ];
        });
      })}
    </div>
  );
}
