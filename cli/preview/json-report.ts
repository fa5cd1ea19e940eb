import type { Fate } from '../../lambda/forward/fate.ts';
import type { Usage } from '../../lambda/forward/route.ts';
import type { Place } from '../input/entry.ts';
import { jsonArray, jsonObject, jsonText } from '../json-text.ts';
import type { UsableMappings } from '../mappings.ts';
import { typeNote } from './notes.ts';
import { headOf } from './report.ts';
import type { BrokenEntry, Report } from './report.ts';

/** A preview for machines: one JSON object a line, and the summary on the last. */
export function jsonReport(triggers: ReadonlyMap<string, string>, summary: () => unknown): Report {
  const unmatched = jsonText([...triggers.keys()]);
  return {
    event({ place, value, outcome: { fate, usage }, repeated }) {
      const members = { ...placeMembers(place), ...headMembers(value), ...fateMembers(fate), note: jsonText(typeNote(value)) };
      const usageText = jsonArray(usage.map((one) => usageJson(one, repeated.includes(one))));
      return `${jsonObject({ ...members, unmatched: fate.kind === 'filtered' ? unmatched : undefined, usage: usageText })}\n`;
    },
    broken: brokenLine,
    end: () => summaryLine(summary()),
  };
}

type Members = Readonly<Record<string, string | undefined>>;

export function brokenLine({ kind, place, problem }: BrokenEntry): string {
  return `${jsonObject({ ...placeMembers(place), [kind === 'broken' ? 'broken' : 'notRead']: jsonText(problem) })}\n`;
}

export function summaryLine(summary: unknown): string {
  return `${jsonObject({ summary: jsonText(summary) })}\n`;
}

/** Which mappings an outcome comes of; the version as in the ledger. */
export function originOf({ name, version }: UsableMappings): { readonly mappingsFile: string; readonly mappingVersion: string } {
  return { mappingsFile: name, mappingVersion: version };
}

export function placeMembers({ file, line, index }: Place): Members {
  return { file: jsonText(file), line: jsonText(line), index: jsonText(index) };
}

export function headMembers(value: unknown): Members {
  const { messageId, type, event } = headOf(value);
  return { messageId: jsonText(messageId), type: jsonText(type), eventName: jsonText(event) };
}

export function fateMembers(fate: Fate): Members {
  if (fate.kind !== 'quarantined') return { fate: jsonText(fate.kind) };
  return { fate: jsonText(fate.kind), reason: jsonText(fate.reason), field: jsonText(fate.field), detail: jsonText(fate.detail) };
}

/** Named as in the ledger. The usage event is spliced in as forward would send it: parsing would change its numbers. */
function usageJson(usage: Usage, isRepeated: boolean): string {
  const named = { mapping: jsonText(usage.mapping), transactionId: jsonText(usage.transactionId) };
  if (usage.kind === 'ready') {
    const notes = { repeatsTransactionId: trueOrNothing(isRepeated), hasRoundedId: trueOrNothing(usage.hasRoundedId) };
    return jsonObject({ ...named, verdict: jsonText('delivered'), ...notes, usageEvent: usage.json });
  }
  const { reason, field, detail } = usage.fault;
  return jsonObject({ ...named, verdict: jsonText('quarantined'), reason: jsonText(reason), field: jsonText(field), detail: jsonText(detail) });
}

function trueOrNothing(holds: boolean): string | undefined {
  return holds ? 'true' : undefined;
}
