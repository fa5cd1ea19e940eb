import type { FindingView } from '../../api.ts';
import { count } from '../text/figures.ts';

/** How many findings need attention. */
export function LintBadges({ findings }: { readonly findings: readonly FindingView[] }) {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const warnings = open.length - errors;
  return (
    <>
      {errors > 0 && <span class="tag tag-error">{count(errors, 'error')}</span>}
      {warnings > 0 && <span class="tag tag-warning">{count(warnings, 'warning')}</span>}
    </>
  );
}
