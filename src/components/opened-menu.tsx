import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { MenuEntry, MenuProps } from './menu-entry';

/** A menu that is open at first. */
export function OpenedMenu(props: MenuProps) {
  // Run once the focus is back on the button: there a dialog returns it to, not to an entry that is gone.
  const chosen = useRef<(() => void) | null>(null);
  return (
    // Not modal: that locks scrolling with a <style> element, which the content security policy refuses.
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger aria-label={props.label} title={props.title} className={props.className}>
        {props.children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align={props.align ?? 'end'}
        sideOffset={6}
        collisionPadding={12}
        onCloseAutoFocus={() => {
          if (chosen.current) setTimeout(chosen.current);
          chosen.current = null;
        }}
        // Where it stands, so that it is part of its landmark; it is fixed, and no scrolling area clips it.
        className="z-40 text-left font-normal max-h-[min(28rem,80dvh)] min-w-48 max-w-[min(20rem,calc(100vw-1.5rem))] overflow-y-auto rounded-xl border border-line bg-card p-1.5 shadow-xl"
      >
        {props.entries.map((entry, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity
            key={index}
            entry={entry}
            onChoose={(run) => {
              chosen.current = run;
            }}
          />
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function Entry({ entry, onChoose }: { entry: MenuEntry; onChoose: (run: () => void) => void }) {
  if (entry === 'line') return <DropdownMenu.Separator className="my-1.5 border-t border-line" />;
  if ('heading' in entry) {
    return (
      <DropdownMenu.Label className="px-2.5 py-1 text-xs font-medium text-ink-soft">
        {entry.heading}
      </DropdownMenu.Label>
    );
  }
  const { label, note, icon: Icon, run, isDangerous = false, isChosen, isCurrent = false } = entry;
  const face = (
    <>
      {Icon && <Icon aria-hidden="true" size={16} className="shrink-0" />}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{label}</bdi>
        {note !== undefined && <span className="block text-xs text-ink-soft">{note}</span>}
      </span>
      {isChosen && <Check aria-hidden="true" size={16} className="shrink-0 text-accent" />}
    </>
  );
  const className = `flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent-strong ${isDangerous ? 'text-danger' : 'text-ink'}`;
  const onSelect = () => onChoose(run);
  return isChosen === undefined ? (
    <DropdownMenu.Item
      aria-current={isCurrent ? 'page' : undefined}
      className={`${className} ${isCurrent ? 'font-medium' : ''}`}
      onSelect={onSelect}
    >
      {face}
    </DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem className={className} checked={isChosen} onSelect={onSelect}>
      {face}
    </DropdownMenu.CheckboxItem>
  );
}
