import { jsonArray, jsonObject, jsonText } from '../../json-text.ts';
import type { UsableMappings } from '../../mappings.ts';
import { brokenLine, fateMembers, headMembers, originOf, placeMembers, summaryLine } from '../json-report.ts';
import { asOfJson } from '../moment.ts';
import type { AsOf } from '../moment.ts';
import type { Change } from './compare.ts';
import { TRANSACTION_ID_SENTENCE, transactionIdAdvice } from './report.ts';
import type { DiffReport } from './report.ts';

/** What is compared. */
interface Compared {
  readonly before: UsableMappings;
  readonly after: UsableMappings;
  readonly asOf: AsOf;
}

/** A comparison for machines: one JSON object a line, and the summary on the last. */
export function diffJsonReport({ before: old, after: now, asOf }: Compared): DiffReport {
  return {
    event({ place, value, before, outcome, changes }) {
      const fates = { before: jsonObject(fateMembers(before.fate)), after: jsonObject(fateMembers(outcome.fate)) };
      return `${jsonObject({ ...placeMembers(place), ...headMembers(value), ...fates, changes: jsonArray(changes.map(changeJson)) })}\n`;
    },
    broken: brokenLine,
    end: (tally) => summaryLine({ ...tally, error: tally.usageEventsChangingId === 0 ? undefined : transactionIdAdvice(tally), before: originOf(old), after: originOf(now), asOf: asOfJson(asOf) }),
  };
}

function changeJson(change: Change): string {
  const common = { change: jsonText(change.kind), mapping: 'mapping' in change ? jsonText(change.mapping) : undefined };
  switch (change.kind) {
    case 'field':
      return jsonObject({ ...common, field: jsonText(change.field), before: change.before, after: change.after });
    case 'transaction_id':
      return jsonObject({ ...common, field: jsonText('transaction_id'), before: change.before, after: change.after, error: jsonText(TRANSACTION_ID_SENTENCE) });
    default:
      return jsonObject(common);
  }
}
