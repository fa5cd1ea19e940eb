import { Hostile } from '../parts/hostile.tsx';
import { Empty } from '../parts/problem.tsx';
import { Switch } from '../parts/switch.tsx';
import { go } from '../route.ts';
import { setMember } from './changes.ts';
import { lint } from './draft.ts';
import { readEntry } from './entry.ts';
import { LintBadges } from './lint-badges.tsx';
import { moveAndFollow } from './open-entry.ts';
import { entryOf } from './placed-findings.ts';

interface EntryListProps {
  readonly entries: readonly string[];
  readonly open: number | undefined;
}

export function EntryList({ entries, open }: EntryListProps) {
  if (entries.length === 0) return <Empty title="The file holds no mapping.">Without one, every event is filtered. Add one below.</Empty>;
  return (
    <ol class="entries" aria-label="Mappings" onKeyDown={moveFocus}>
      {entries.map((text, index) => (
        <EntryItem key={index} text={text} index={index} isOpen={index === open} />
      ))}
    </ol>
  );
}

interface EntryItemProps {
  readonly text: string;
  readonly index: number;
  readonly isOpen: boolean;
}

function EntryItem({ text, index, isOpen }: EntryItemProps) {
  const { isReadable, name, isEnabled, trigger, fields } = readEntry(text);
  const title = isReadable ? name || 'No name' : 'No JSON at the moment';
  return (
    <li class={isOpen ? 'entry entry-open' : 'entry'}>
      <div class="entry-head">
        <button type="button" class="entry-name" aria-expanded={isOpen} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onClick={() => go({ view: 'mappings', detail: String(index) })}>
          <Hostile text={title} />
        </button>
        <LintBadges findings={lint.value.findings.filter((finding) => entryOf(finding) === index)} />
        {isReadable && <Switch label={`Use the mapping ${name}`} isOn={isEnabled} change={(on) => setMember(index, 'enabled', on)} />}
      </div>
      {isReadable && (
        <div class={isEnabled ? 'entry-body' : 'entry-body entry-off'}>
          <p class="mono small entry-trigger">
            <span class="faint">if</span> <Hostile text={trigger} maxChars={400} />
          </p>
          <dl class="sources">
            {fields.map(({ field, source }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd class="mono">{source === '' ? <span class="missing">missing</span> : <Hostile text={source} />}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </li>
  );
}

/** Up and down go from mapping to mapping; with Alt they take it along. */
function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.entry-name')];
  const at = names.findIndex((name) => name === event.target);
  if (at < 0) return;
  const by = event.key === 'ArrowDown' ? 1 : -1;
  event.preventDefault();
  if (event.altKey) moveAndFollow(at, by);
  names[at + by]?.focus();
}
