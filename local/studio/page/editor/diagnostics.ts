import type { Diagnostic } from '@codemirror/lint';

import type { FindingView } from '../../api.ts';

/** Findings as the editor underlines them; what is acknowledged needs no attention. */
export function diagnosticsOf(findings: readonly FindingView[]): readonly Diagnostic[] {
  return findings
    .filter(({ acknowledged }) => !acknowledged)
    .map(({ from, to, severity, message, suggestion, rule }) => ({ from, to, severity, message: `${message}\n${suggestion}`, source: rule }));
}
