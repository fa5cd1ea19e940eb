import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';

import type { FindingView } from '../../api.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { completeMapping } from '../editor/complete.ts';
import { diagnosticsOf } from '../editor/diagnostics.ts';
import { draft, file, lint, setText } from './draft.ts';
import { FindingList } from './finding-list.tsx';
import { entryOf } from './placed-findings.ts';

const seenPaths = (): readonly string[] => file.peek()?.paths ?? [];

export function WholeFile() {
  const place = useSignal<{ readonly from: number; readonly to: number } | undefined>(undefined);
  const findings: readonly FindingView[] = lint.value.findings.filter((finding) => entryOf(finding) !== undefined);
  const diagnostics = useMemo(() => diagnosticsOf(findings), [lint.value]);
  const complete = useMemo(() => completeMapping(seenPaths), []);
  return (
    <div class="whole">
      <CodeEditor label="The whole mappings file" text={draft.value.text} change={setText} diagnostics={diagnostics} complete={complete} goTo={place.value} hasLineNumbers />
      <FindingList findings={findings} show={({ from, to }) => (place.value = { from, to })} />
    </div>
  );
}
