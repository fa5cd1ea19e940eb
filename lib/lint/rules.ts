import { ACKNOWLEDGE_RULES } from './rules/acknowledge-rules.ts';
import { ARGUMENT_RULES } from './rules/argument-rules.ts';
import { BETWEEN_RULES } from './rules/between-rules.ts';
import { CONDITION_RULES } from './rules/condition-rules.ts';
import { DIRECTIVE_RULES } from './rules/directive-rules.ts';
import { FIELD_RULES } from './rules/field-rules.ts';
import { ID_RULES } from './rules/id-rules.ts';
import { LIQUID_RULES } from './rules/liquid-rules.ts';
import { PATH_RULES } from './rules/path-rules.ts';
import { TEMPLATE_RULES } from './rules/template-rules.ts';
import { TIMESTAMP_RULES } from './rules/timestamp-rules.ts';
import { TIMESTAMP_TEXT_RULES } from './rules/timestamp-text-rules.ts';
import { TRIGGER_RULES } from './rules/trigger-rules.ts';
import { VALUE_RULES } from './rules/value-rules.ts';
import { WORD_RULES } from './rules/word-rules.ts';

/** Every rule. Those about acknowledging come last: they look at what the others found. */
export const RULES = [
  ...TRIGGER_RULES,
  ...WORD_RULES,
  ...CONDITION_RULES,
  ...VALUE_RULES,
  ...DIRECTIVE_RULES,
  ...ARGUMENT_RULES,
  ...PATH_RULES,
  ...TEMPLATE_RULES,
  ...LIQUID_RULES,
  ...FIELD_RULES,
  ...ID_RULES,
  ...TIMESTAMP_RULES,
  ...TIMESTAMP_TEXT_RULES,
  ...BETWEEN_RULES,
  ...ACKNOWLEDGE_RULES,
] as const;

export type RuleId = (typeof RULES)[number]['id'];

const ACKNOWLEDGEABLE: ReadonlySet<string> = new Set(RULES.filter(({ canAcknowledge }) => canAcknowledge).map(({ id }) => id));

/** True when a mapping may keep what this rule objects to. */
export function isAcknowledgeable(id: RuleId): boolean {
  return ACKNOWLEDGEABLE.has(id);
}
