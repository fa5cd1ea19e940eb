import type { Finding } from './finding.ts';
import { isAcknowledgeable } from './rules.ts';

/** One finding for people: where and which rule, what is wrong, what to do. Lines are wrapped by the terminal. */
export function formatFinding(finding: Finding, fileName: string): string {
  const { rule, severity, mapping, path, message, suggestion, acknowledged } = finding;
  const state = acknowledged ? 'acknowledged' : severity;
  const keep = !acknowledged && isAcknowledgeable(rule) ? ` If it is meant, add "${rule}" to this mapping's "acknowledge".` : '';
  return `${fileName}: ${path}: ${state} ${rule} (${JSON.stringify(mapping)})\n  ${message}\n  ${suggestion}${/[.?!]$/.test(suggestion) ? '' : '.'}${keep}`;
}
