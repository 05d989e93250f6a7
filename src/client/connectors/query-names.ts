import { distinctNames } from '../../domain/sql-tables';

/** What queries call a location. */
export interface QueryName {
  readonly name: string;
  readonly location: string;
}

/**
 * Names of locations in queries: each as it is ("2024/sales.csv", which queries quote), and in short (`sales`) where no other
 * location has that name. Case does not matter.
 */
export function queryNamesOf(locations: readonly string[]): readonly QueryName[] {
  const names = distinctNames(locations);
  const whole = locations.map((location, i): QueryName => ({ name: names[i]!, location }));
  const shorts = locations.map((location) => shortOf(location).toLowerCase());
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const short = locations.flatMap((location, i): QueryName[] => {
    const own = shorts[i]!;
    const isFree = own !== '' && !taken.has(own) && shorts.filter((other) => other === own).length === 1;
    return isFree ? [{ name: shortOf(location), location }] : [];
  });
  return [...short, ...whole];
}

/** Without folders and ends. */
function shortOf(location: string): string {
  return (location.split('/').at(-1) ?? '').replace(/(\.[a-z0-9]+){1,2}$/i, '');
}
