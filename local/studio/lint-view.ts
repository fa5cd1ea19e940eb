import type { LintView } from './api.ts';
import type { CheckedText, StudioServices } from './services.ts';
import { placeIn } from './text-place.ts';

/** What is wrong in a text, and where in it. */
export function lintView(text: string, { check }: Pick<StudioServices, 'check'>): LintView {
  const { problems, findings } = check(text);
  const place = placeIn(text);
  return { problems, findings: findings.map((finding) => Object.assign({ ...finding }, place(finding.path))) };
}

/** What forbids to run a text: that it can't be read, and errors that nobody has acknowledged. */
export function problemsIn({ problems, findings }: CheckedText): readonly string[] {
  const errors = findings.filter(({ severity, acknowledged }) => severity === 'error' && !acknowledged);
  return [...problems, ...errors.map(({ path, rule, message }) => `${path}: ${rule}: ${message}`)];
}
