import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { saveFile } from '../../components/save-file';
import { REPORT_FORMATS, type ReportFormat } from '../../domain/report-exports';
import { showError } from '../actions';
import { useClient } from '../client-context';

/** Saves a report as a file. @param props.isThere its charts can be read */
export function ReportFiles({ id, isThere }: { id: string; isThere: boolean }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const save = async (format: ReportFormat) => {
    setBusy(true);
    try {
      saveFile(await client.reports.download(id, format));
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (Object.keys(REPORT_FORMATS) as ReportFormat[]).map((format) => (
    <Button key={format} icon={Download} disabled={busy || !isThere} onClick={() => void save(format)}>
      {REPORT_FORMATS[format].title}
    </Button>
  ));
}
