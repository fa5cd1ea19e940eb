import { nearName } from '../near-name.ts';
import type { LintedFile, Rule } from '../rule.ts';
import type { Advice, Spot } from '../spot.ts';

/** Rules on what a mapping acknowledges. They run last. */
export const ACKNOWLEDGE_RULES = [
  {
    id: 'unknown-acknowledge',
    severity: 'error',
    canAcknowledge: false,
    title: '`acknowledge` names a rule that doesn\'t exist, or that can\'t be acknowledged.',
    why: 'A misspelt id acknowledges nothing: it looks as if someone had thought of it, and a later mistake isn\'t expected.',
    bad: [{ acknowledge: ['constant-customer'] }],
    good: [{ mapping: { customer_id: 'acme' }, acknowledge: ['constant-customer-id'] }],
    check: (file) =>
      eachAcknowledged(file, (id) => {
        const rule = file.rules.find((known) => known.id === id);
        if (rule === undefined) return [`There is no rule "${id}".`, hint(id, file)];
        return rule.canAcknowledge || rule.id === 'unknown-acknowledge' ? undefined : [`The rule "${id}" can't be acknowledged.`, 'Remove it here, and mend what it finds.'];
      }),
  },
  {
    id: 'unused-acknowledge',
    severity: 'warning',
    canAcknowledge: true,
    title: '`acknowledge` names a rule that finds nothing.',
    why: 'It does no harm today, and would hide the mistake when someone makes it later.',
    bad: [{ acknowledge: ['constant-customer-id'] }],
    good: [{ mapping: { customer_id: 'acme' }, acknowledge: ['constant-customer-id'] }],
    check: (file) =>
      eachAcknowledged(file, (id, index) => {
        const isUsed = file.found.get(index)?.has(id) === true || id === 'unused-acknowledge';
        const isKnown = file.rules.some((rule) => rule.id === id && rule.canAcknowledge);
        return isUsed || !isKnown ? undefined : [`The rule "${id}" finds nothing in this mapping.`, `Remove "${id}" from "acknowledge".`];
      }),
  },
] as const satisfies readonly Rule[];

function eachAcknowledged({ subjects }: LintedFile, check: (id: string, index: number) => Advice | undefined): readonly Spot[] {
  return subjects.flatMap(({ index, definition }) =>
    definition.acknowledge.flatMap((id, at) => {
      const [message, suggestion] = check(id, index) ?? [];
      return message === undefined || suggestion === undefined ? [] : [{ mapping: index, path: `acknowledge[${at}]`, message, suggestion }];
    }),
  );
}

function hint(id: string, { rules }: LintedFile): string {
  const near = nearName(id, rules.map((rule) => rule.id), Math.max(2, Math.floor(id.length / 2)));
  return `${near === undefined ? '' : `Did you mean "${near}"? `}docs/lint.md lists every rule.`;
}
