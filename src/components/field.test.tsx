import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { SelectField, SwitchField, TextField } from './field';

function Owner() {
  const [text, setText] = useState('a');
  return <TextField label="Name" value={text} onChange={(value) => setText(value.toUpperCase())} />;
}

describe('TextField', () => {
  it('hands over what is typed as it is typed', () => {
    const onChange = vi.fn();
    render(<TextField label="Rows" value="10" inputMode="numeric" onChange={onChange} />);
    fireEvent.change(screen.getByLabelText('Rows'), { target: { value: '10.' } });
    expect(onChange).toHaveBeenCalledWith('10.');
  });

  it('says what is wrong instead of its help, to screen readers too', () => {
    const field = (error: string | null) => (
      <TextField label="Rows" value="x" onChange={() => undefined} help="At least 1." error={error} />
    );
    const { rerender } = render(field(null));
    const input = screen.getByLabelText('Rows');
    const described = () => document.getElementById(input.getAttribute('aria-describedby')!)!.textContent;
    expect(described()).toBe('At least 1.');
    expect(input.getAttribute('aria-invalid')).toBeNull();
    rerender(field('Give a number.'));
    expect(described()).toBe('Give a number.');
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('shows what its owner keeps', () => {
    render(<Owner />);
    const input = screen.getByLabelText<HTMLInputElement>('Name');
    fireEvent.change(input, { target: { value: 'ab' } });
    expect(input.value).toBe('AB');
  });
});

describe('SelectField', () => {
  const OPTIONS = [
    { value: ',', label: 'Comma' },
    { value: '\t', label: 'Tab' },
    { value: ' ', label: 'Space', disabled: true },
  ];

  it('names the chosen value and offers no disabled one', () => {
    const onChange = vi.fn();
    render(<SelectField label="Separator" value="," options={OPTIONS} onChange={onChange} />);
    const select = screen.getByLabelText<HTMLSelectElement>('Separator');
    expect([...select.options].map(({ disabled }) => disabled)).toEqual([false, false, true]);
    fireEvent.change(select, { target: { value: '\t' } });
    expect(onChange.mock.calls).toEqual([['\t']]);
  });
});

describe('SwitchField', () => {
  it('is switched by its label', () => {
    const onChange = vi.fn();
    render(<SwitchField label="Privacy guard" help="Watches." value={false} onChange={onChange} />);
    const toggle = screen.getByRole('switch', { name: 'Privacy guard' });
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    fireEvent.click(toggle);
    expect(onChange.mock.calls).toEqual([[true]]);
  });

  it('stays when disabled', () => {
    const onChange = vi.fn();
    render(<SwitchField label="Privacy guard" value disabled onChange={onChange} />);
    fireEvent.click(screen.getByRole('switch'));
    expect(onChange).not.toHaveBeenCalled();
  });
});
