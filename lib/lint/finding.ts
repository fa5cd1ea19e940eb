import type { Severity } from './rule.ts';
import type { RuleId } from './rules.ts';

/** One thing in one mapping that loses or misbills events, or may. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The mapping's name. */
  readonly mapping: string;
  /** Its place in the file, such as `mappings[0].mapping.properties`. */
  readonly path: string;
  /** What is wrong, in one plain sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly suggestion: string;
  /** True when the mapping lists the rule under `acknowledge`, and the rule allows it. */
  readonly acknowledged: boolean;
}
