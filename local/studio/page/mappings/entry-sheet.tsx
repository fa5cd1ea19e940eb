import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import { CodeEditor } from '../editor/code-editor.tsx';
import { completeMapping } from '../editor/complete.ts';
import { diagnosticsOf } from '../editor/diagnostics.ts';
import { Sheet } from '../parts/sheet.tsx';
import { editEntry, setMember } from './changes.ts';
import { draft, file, lint } from './draft.ts';
import { readEntry } from './entry.ts';
import { EntryActions } from './entry-actions.tsx';
import { EntryForm } from './entry-form.tsx';
import { FindingList } from './finding-list.tsx';
import { LintBadges } from './lint-badges.tsx';
import { closeEntry, keyOfOpen } from './open-entry.ts';
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
    <Sheet label="Mapping" title={entry.isReadable ? entry.name || 'No name' : 'Mapping'} close={closeEntry} subject={String(keyOfOpen(index))}>
      <EntryActions index={index} count={count} isReadable={entry.isReadable} />
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
