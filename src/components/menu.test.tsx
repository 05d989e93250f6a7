import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Dialog } from './dialog';
import { MoreMenu } from './menu';
// Loaded once it is wanted; here at once, so that no test waits for it.
import './opened-menu';

function Page() {
  const [focused, setFocused] = useState<string | null | undefined>();
  return (
    <>
      <MoreMenu
        entries={[
          { label: 'Rename…', run: () => setFocused(document.activeElement?.getAttribute('aria-label')) },
        ]}
      />
      {focused !== undefined && (
        <Dialog title={`From ${focused}`} onClose={() => undefined}>
          Name
        </Dialog>
      )}
    </>
  );
}

it('has given the focus back to its button before a chosen entry opens a dialog', async () => {
  render(<Page />);
  const button = screen.getByRole('button', { name: 'More actions' });
  button.focus();
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
  await waitFor(() => expect(screen.getByText('From More actions')).toBeDefined());
});
