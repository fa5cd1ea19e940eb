import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { Asking, Problem } from '../parts/problem.tsx';
import { go } from '../route.ts';
import { addEntry } from './changes.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { draft, file, lint, lintProblem, loadFile, loadProblem } from './draft.ts';
import { EntryList } from './entry-list.tsx';
import { EntrySheet } from './entry-sheet.tsx';
import { FindingList } from './finding-list.tsx';
import { keyOfOpen, openEntry } from './open-entry.ts';
import { findingsOfFile } from './placed-findings.ts';
import { SaveBar } from './save-bar.tsx';
import { WholeFile } from './whole-file.tsx';

/** Shows what stands on disk whenever the reader comes back to the page: another editor may have changed it. */
function useFile(): void {
  useEffect(() => {
    void loadFile();
    const again = (): void => void loadFile();
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, []);
}

export function MappingsView() {
  useFile();
  const isWhole = useSignal(false);
  if (loadProblem.value !== '' && file.value === undefined) return <Problem sentence={loadProblem.value} again={() => void loadFile()} />;
  if (file.value === undefined) return <Asking what="Loading the mappings" />;
  const isListed = draft.value.apart !== undefined;
  return (
    <>
      <SaveBar isWhole={isWhole.value || !isListed} isListed={isListed} setWhole={(whole) => (isWhole.value = whole)} />
      <Problems />
      {isWhole.value || !isListed ? <WholeFile /> : <Entries />}
      <ConflictDialog />
    </>
  );
}

/** What concerns the file as a whole. */
function Problems() {
  const findings = findingsOfFile(lint.value.findings);
  return (
    <div class="problems" aria-live="polite">
      {loadProblem.value !== '' && <Problem sentence={loadProblem.value} again={() => void loadFile()} />}
      {lintProblem.value !== '' && <Problem sentence={`The mappings couldn't be checked. ${lintProblem.value}`} />}
      {lint.value.problems.map((problem) => (
        <p key={problem} class="notice notice-error wrap">
          {problem}
        </p>
      ))}
      <FindingList findings={findings} />
    </div>
  );
}

function Entries() {
  const entries = draft.value.apart?.entries ?? [];
  const open = openEntry(entries.length);
  return (
    <div class={open === undefined ? 'split' : 'split split-open split-even'}>
      <div class="list-side">
        <EntryList entries={entries} open={open} />
        <div class="list-foot">
          <button type="button" class="button" onClick={() => go({ view: 'mappings', detail: String(addEntry()) })}>
            Add a mapping
          </button>
          {entries.length > 1 && <span class="key-hint">Alt+↑ and Alt+↓ move the mapping that has the focus.</span>}
        </div>
      </div>
      {open !== undefined && <EntrySheet key={keyOfOpen(open)} index={open} text={entries[open] ?? ''} count={entries.length} />}
    </div>
  );
}
