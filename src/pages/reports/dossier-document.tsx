import { dossierOf } from '../../domain/dossier';
import type { Report } from '../../domain/reports';
import { Grid } from './document-parts';
import { STATES } from './dossier-words';

/** The dossier in a file: one sheet of paper. */
export function DossierDocument({ report }: { report: Report }) {
  const { verdict, meaning, lines, facts, doesNotProve } = dossierOf(report);
  return (
    <section aria-label="Dossier" className="sheet">
      <h2>Dossier</h2>
      <p>
        <b>{verdict}.</b> {meaning}
      </p>
      <p className="soft">
        By the criteria of WP216 (Opinion 05/2014) and the attacks of EDPB Opinion 28/2024, paragraph 55.
      </p>
      <Grid
        head={['Question', 'State', 'Figures']}
        rows={lines.map(({ title, source, about, state, figures }) => [
          <span key="title">
            <b>{title}</b> ({source}). {about}
          </span>,
          state === 'not tested' ? <b key="state">{STATES[state]}</b> : STATES[state],
          figures
            .map((each) => `${each.title}: ${each.figure}${each.level ? ` – ${each.level}` : ''}`)
            .join('; ') || 'none',
        ])}
      />
      <h3>What this does not prove</h3>
      <ul>
        {doesNotProve.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3>Made with</h3>
      <p className="facts">
        {facts.map(([name, value]) => (
          <span key={name}>
            <b>{name}:</b> <bdi>{value}</bdi>
            <br />
          </span>
        ))}
      </p>
    </section>
  );
}
