export type { Finding } from './finding.ts';
export { formatFinding } from './format-finding.ts';
export { lintMappings } from './lint.ts';
export type { Severity } from './rule.ts';
export { RULES } from './rules.ts';
export type { RuleId } from './rules.ts';
