import { useState } from 'react';
import { Loading, Notice } from '../../components/notice';
import { ScrollArea } from '../../components/table';
import { loadLicences, type ShippedPackage } from '../../offline/licences';
import { useLoaded } from '../client-context';

/** Every package that the app contains, each with its whole licence. */
export function LicenceList() {
  const packages = useLoaded(loadLicences);
  if (packages === null) return <Loading what="Reading the licences" />;
  if (typeof packages === 'string') {
    return <Notice>The list of licences is part of the built app. {packages}</Notice>;
  }
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
      {packages.map((one) => (
        <li key={`${one.name} ${one.version}`}>
          <Licence {...one} />
        </li>
      ))}
    </ul>
  );
}

/** The text exists only while it is open: together they are longer than the rest of the app. */
function Licence({ name, version, licence, text }: ShippedPackage) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="px-4 py-2 hover:bg-sunken">
        <span className="font-medium">{name}</span>{' '}
        <span className="text-ink-soft">
          {version} · {licence}
        </span>
      </summary>
      {open && (
        <ScrollArea label={`Licence of ${name}`} className="mx-4 mb-3 max-h-96 bg-sunken">
          <pre className="px-4 py-3 text-xs whitespace-pre-wrap">{text}</pre>
        </ScrollArea>
      )}
    </details>
  );
}
