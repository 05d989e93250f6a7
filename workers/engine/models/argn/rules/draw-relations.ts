import { forbiddenOf } from '../../coded-columns';
import type { ArgnContent } from '../artefact';
import type { CodeRelation } from '../network/restrictions';
import { cellRelations } from './cell-relations';
import { consistentRelations } from './consistent-relations';
import { equalRelations } from './equal-relations';
import { intervalRelations } from './interval-relations';
import { periodRelations } from './period-relations';

/** All relations that draws keep, made consistent. */
export function relationsOf({
  spec,
  features,
  relations,
  computed,
  ties,
}: Omit<ArgnContent, 'orders'>): CodeRelation[] {
  return consistentRelations(
    [
      ...relations,
      ...intervalRelations(computed, ties, features),
      ...equalRelations(ties, features),
      ...cellRelations(ties, features),
      ...periodRelations(ties, features),
    ],
    spec.subColumns.map(({ cardinality }) => cardinality),
    forbiddenOf(features),
  );
}
