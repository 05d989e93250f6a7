import { CopyPlus, Download, FolderInput, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ItemMenu } from '../../components/menu';
import type { MenuEntry } from '../../components/menu-entry';
import { NameDialog } from '../../components/name-dialog';
import type { ResourceRow } from '../../domain/resource-list';
import { useClient } from '../client-context';
import { DeleteDialog } from '../delete-dialog';
import { pathOfResource, RESOURCE_KINDS } from '../kinds';
import { MoveDialog } from '../move-dialog';
import {
  downloadFile,
  downloadRows,
  duplicateResource,
  exportGenerator,
  exportRecipe,
  renameResource,
} from '../resource-actions';

/** What can be done with one line of a list. */
export function RowMenu({ row }: { row: ResourceRow }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'rename' | 'move' | 'delete' | null>(null);
  const { kind, id, name, status } = row;
  const { noun } = RESOURCE_KINDS[kind];
  const close = () => setAsked(null);
  const files: MenuEntry[] = [];
  if (kind === 'generator' && status === 'DONE')
    files.push({ label: 'Export', icon: Download, run: () => void exportGenerator(client, id) });
  if (kind === 'recipe')
    files.push({ label: 'Export', icon: Download, run: () => void exportRecipe(client, id) });
  if (kind === 'synthetic-dataset' && row.rows !== null) {
    files.push(
      { label: 'Download Parquet', icon: Download, run: () => void downloadRows(client, id, 'parquet') },
      { label: 'Download CSV', icon: Download, run: () => void downloadRows(client, id, 'csv') },
    );
  }
  const file = kind === 'source' ? client.sources.get(id).file : undefined;
  if (file !== undefined)
    files.push({ label: 'Download the file', icon: Download, run: () => void downloadFile(client, file) });
  const entries: MenuEntry[] = [
    { label: 'Open', icon: FolderOpen, run: () => navigate(pathOfResource(row)) },
    ...(kind === 'report'
      ? []
      : [
          { label: 'Rename…', icon: Pencil, run: () => setAsked('rename') },
          { label: 'Duplicate', icon: CopyPlus, run: () => void duplicateResource(client, row) },
        ]),
    { label: 'Move to a project…', icon: FolderInput, run: () => setAsked('move') },
    ...files,
    'line',
    { label: 'Delete…', icon: Trash2, run: () => setAsked('delete'), isDangerous: true },
  ];
  return (
    <>
      <ItemMenu name={name} entries={entries} />
      {asked === 'rename' && (
        <NameDialog
          title={`Rename this ${noun}`}
          name={name}
          action="Rename"
          onClose={close}
          onSave={(naming) => renameResource(client, row, naming)}
        />
      )}
      {asked === 'move' && <MoveDialog items={[row]} onClose={close} />}
      {asked === 'delete' && <DeleteDialog refs={[row]} onClose={close} />}
    </>
  );
}
