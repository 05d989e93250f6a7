import { Command as Palette } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Dialog } from '../components/dialog';
import { useClient, useResources } from '../pages/client-context';
import { type Command, commandsFor } from './commands';
import { Keys } from './keys';
import { useNextTheme } from './theme';

/** Pages and actions by a few letters of their name. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const commands = commandsFor(useClient(), useResources(), useNextTheme());
  const groups = [...new Set(commands.map(({ group }) => group))];
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog title="Commands" onClose={onClose}>
      <Palette label="Commands" loop>
        <div className="flex items-center gap-2 rounded-lg border border-line-strong/70 px-3">
          <Search aria-hidden="true" size={16} className="shrink-0 text-ink-soft" />
          <Palette.Input
            ref={input}
            placeholder="Type what you look for"
            className="min-h-10 w-full bg-transparent py-2 text-sm outline-none placeholder:text-ink-soft"
          />
        </div>
        <Palette.List className="mt-3 h-[min(24rem,50dvh)] overflow-y-auto overscroll-contain">
          <Palette.Empty className="p-6 text-center text-sm text-ink-soft">
            Nothing is called that.
          </Palette.Empty>
          {groups.map((group) => (
            <Palette.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-soft"
            >
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Palette.Item
                    key={command.id}
                    value={command.id}
                    keywords={[command.label, group]}
                    onSelect={() => run(command)}
                    className="flex cursor-pointer items-center justify-between gap-4 rounded-lg px-3 py-2 text-sm data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-strong"
                  >
                    <bdi className="min-w-0 truncate">{command.label}</bdi>
                    {command.keys && <Keys keys={command.keys} />}
                  </Palette.Item>
                ))}
            </Palette.Group>
          ))}
        </Palette.List>
      </Palette>
    </Dialog>
  );
}
