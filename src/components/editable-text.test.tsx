import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EditableText } from './editable-text';

afterEach(cleanup);

function show(fields: Partial<Parameters<typeof EditableText>[0]> = {}) {
  const onSave = vi.fn();
  render(
    <EditableText what="name" value="people" maxLength={20} isRequired onSave={onSave} {...fields}>
      <span>people</span>
    </EditableText>,
  );
  return onSave;
}

function edit(label: string, text: string): HTMLElement {
  fireEvent.click(screen.getByRole('button'));
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value: text } });
  return field;
}

describe('a text that is edited where it stands', () => {
  it('is kept by Enter, once', () => {
    const onSave = show();
    fireEvent.keyDown(edit('Name', ' customers '), { key: 'Enter' });
    expect(onSave.mock.calls).toEqual([['customers']]);
    expect(screen.queryByLabelText('Name')).toBeNull();
  });

  it('is kept when the field is left', () => {
    const onSave = show();
    fireEvent.blur(edit('Name', 'customers'));
    expect(onSave.mock.calls).toEqual([['customers']]);
  });

  it('is taken back by Escape, and where it is empty but must not be', () => {
    const onSave = show();
    fireEvent.keyDown(edit('Name', 'customers'), { key: 'Escape' });
    fireEvent.keyDown(edit('Name', '  '), { key: 'Enter' });
    fireEvent.keyDown(edit('Name', 'people'), { key: 'Enter' });
    expect(onSave).not.toHaveBeenCalled();
  });

  it('may have several lines, and be none', () => {
    const onSave = show({ what: 'description', multiline: true, isRequired: false });
    const field = edit('Description', '');
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(onSave).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onSave.mock.calls).toEqual([['']]);
  });

  it('asks for a text where there is none', () => {
    show({ what: 'description', value: '' });
    expect(screen.getByRole('button', { name: 'Add a description' })).toBeDefined();
  });
});
