import type { MappingDefinition } from '../mappings-schema.ts';
import type { Finding } from './finding.ts';
import { isAcknowledgeable, RULES } from './rules.ts';
import { readSubject } from './subject.ts';

/** Sentences repeat what is written, and a mapping can hold a text of megabytes. */
const MAX_CHARS = 1000;

/**
 * What in the enabled mappings loses or misbills events, in the rules' order. Never throws, whatever the mappings hold. An
 * acknowledged finding is kept and marked.
 */
export function lintMappings(mappings: readonly MappingDefinition[]): readonly Finding[] {
  const subjects = mappings.flatMap((definition, index) => (definition.enabled ? [readSubject(definition, index)] : []));
  const found = new Map<number, Set<string>>();
  const findings: Finding[] = [];
  for (const { id, severity, check } of RULES) {
    for (const { mapping: index, path, message, suggestion } of check({ mappings, subjects, rules: RULES, found })) {
      found.set(index, (found.get(index) ?? new Set()).add(id));
      const acknowledged = isAcknowledgeable(id) && mappings[index]?.acknowledge.includes(id) === true;
      findings.push({ rule: id, severity, mapping: mappings[index]?.name ?? '', path: cut(`mappings[${index}].${path}`), message: cut(message), suggestion: cut(suggestion), acknowledged });
    }
  }
  return findings;
}

function cut(sentence: string): string {
  return sentence.length > MAX_CHARS ? `${sentence.slice(0, MAX_CHARS)}…` : sentence;
}
