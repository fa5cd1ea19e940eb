import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { CodeEditor } from '../editor/code-editor.tsx';
import { completeMapping } from '../editor/complete.ts';
import { diagnosticsOf } from '../editor/diagnostics.ts';
import { Sheet } from '../parts/sheet.tsx';
import { go, goInPlace } from '../route.ts';
import { copyEntry, deleteEntry, editEntry, moveEntry, setMember } from './changes.ts';
import { draft, file, lint } from './draft.ts';
import { readEntry } from './entry.ts';
import { EntryForm } from './entry-form.tsx';
import { FindingList } from './finding-list.tsx';
import { LintBadges } from './lint-badges.tsx';
import { findingsOf } from './placed-findings.ts';

interface EntrySheetProps {
  readonly index: number;
  readonly text: string;
  readonly count: number;
}

const seenPaths = (): readonly string[] => file.peek()?.paths ?? [];

/** One mapping to edit: its name, switch and trigger as a form, the whole of it as JSON. */
export function EntrySheet({ index, text, count }: EntrySheetProps) {
  const place = useSignal<{ readonly from: number; readonly to: number } | undefined>(undefined);
  const findings = findingsOf(lint.value.findings, draft.value.apart, index);
  const diagnostics = useMemo(() => diagnosticsOf(findings), [lint.value, index]);
  const complete = useMemo(() => completeMapping(seenPaths), []);
  const entry = readEntry(text);
  const acknowledge = (rule: string): void => setMember(index, 'acknowledge', [...entry.acknowledged, rule]);
  return (
    <Sheet label="Mapping" title={entry.isReadable ? entry.name || 'No name' : 'Mapping'} close={() => go({ view: 'mappings' })} subject={String(index)}>
      <div class="sheet-actions" role="group" aria-label="This mapping">
        <button type="button" class="button button-small" disabled={!entry.isReadable} onClick={() => showEntry(copyEntry(index))}>
          Copy
        </button>
        <button type="button" class="button button-small" disabled={index === 0} onClick={() => showEntry(moveEntry(index, -1))}>
          Move up
        </button>
        <button type="button" class="button button-small" disabled={index === count - 1} onClick={() => showEntry(moveEntry(index, 1))}>
          Move down
        </button>
        <button type="button" class="button button-small button-danger" onClick={() => remove(index)}>
          Delete
        </button>
        <button type="button" class="button button-small bar-end" onClick={() => go({ view: 'try' })}>
          Try it
        </button>
      </div>
      {entry.isReadable && <EntryForm index={index} entry={entry} />}
      <section class="part">
        <div class="part-head">
          <h3>As JSON</h3>
          <LintBadges findings={findings} />
        </div>
        {!entry.isReadable && <p class="notice notice-error">This is no JSON yet: a bracket, comma or quote is missing.</p>}
        <CodeEditor
          label="The mapping as JSON"
          text={text}
          change={(changed) => editEntry(index, changed)}
          diagnostics={diagnostics}
          complete={complete}
          goTo={place.value}
        />
        <p class="small faint">Ctrl+Space completes directives, and paths seen in recent events.</p>
      </section>
      <FindingList findings={findings} show={({ from, to }) => (place.value = { from, to })} acknowledge={acknowledge} />
    </Sheet>
  );
}

function showEntry(index: number): void {
  goInPlace({ view: 'mappings', detail: String(index) });
}

function remove(index: number): void {
  deleteEntry(index, showEntry);
  go({ view: 'mappings' });
}
