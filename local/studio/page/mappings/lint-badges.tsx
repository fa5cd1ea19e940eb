import type { FindingView } from '../../api.ts';
import { count } from '../text/figures.ts';

interface LintBadgesProps {
  readonly findings: readonly FindingView[];
  /** So many things keep the whole file from being read. */
  readonly problems?: number;
}

/** How many findings need attention. */
export function LintBadges({ findings, problems = 0 }: LintBadgesProps) {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const ofLinter = open.filter(({ severity }) => severity === 'error').length;
  const errors = ofLinter + problems;
  const warnings = open.length - ofLinter;
  return (
    <>
      {errors > 0 && <span class="tag tag-error">{count(errors, 'error')}</span>}
      {warnings > 0 && <span class="tag tag-warning">{count(warnings, 'warning')}</span>}
    </>
  );
}
