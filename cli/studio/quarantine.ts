import { isUtf8 } from 'node:buffer';

import type { QuarantineView } from '../../local/studio/api.ts';
import { eventBytes, rootOf } from '../ledger/ledger-line.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { LedgerEntry } from '../ledger/read-ledger.ts';
import type { OpenRoot } from '../replay/open-roots.ts';
import { createReading } from '../replay/reading.ts';
import type { Reading } from '../replay/reading.ts';
import { selectQuarantined } from '../replay/select.ts';
import type { Io } from '../io.ts';
import type { Operator } from '../operator/operator.ts';

const SAMPLES_A_GROUP = 20;
/** Of all samples together, in characters: an event may have a million. */
const MAX_CHARS = 8_000_000;

interface Group {
  readonly reason: string;
  readonly field: string | undefined;
  count: number;
  /** The latest, the latest first. */
  samples: readonly OpenRoot[];
}

/** What is open, by reason and field, the most first; with the latest events of each. */
export async function quarantineView(operator: Operator, io: Io): Promise<QuarantineView> {
  const reading = createReading(operator, io);
  const { open } = await selectQuarantined(reading, {}, []);
  const groups = groupsOf(open);
  const entries = await entriesOf(groups.flatMap(({ samples }) => samples), reading);
  let left = MAX_CHARS;
  const isWithin = ({ eventText }: LedgerEntry): boolean => (left -= eventText.length) >= 0;
  return {
    total: open.size,
    groups: groups.map(({ reason, field, count, samples }) => ({
      reason,
      field,
      count,
      samples: samples.flatMap(({ root }) => entries.get(root) ?? []).filter(isWithin).map(sampleView),
    })),
  };
}

function groupsOf(open: Iterable<OpenRoot>): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const one of open) {
    const { reason = 'unknown', field } = one.line;
    const key = JSON.stringify([reason, field]);
    const group = groups.get(key) ?? { reason, field, count: 0, samples: [] };
    group.count += 1;
    group.samples = [...group.samples, one].toSorted((a, b) => (a.line.at < b.line.at ? 1 : -1)).slice(0, SAMPLES_A_GROUP);
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count);
}

async function entriesOf(samples: readonly OpenRoot[], { operator, onDamaged }: Reading): Promise<ReadonlyMap<string, LedgerEntry>> {
  const wanted = new Map(samples.map((sample) => [sample.root, sample]));
  const objects = [...new Set(samples.map(({ key }) => key))].map((key) => ({ prefix: 'quarantine' as const, key, bytes: 0 }));
  const found = new Map<string, LedgerEntry>();
  for await (const entry of readLedger(operator, { plan: { objects, bytes: 0 }, onDamaged })) {
    const sample = wanted.get(rootOf(entry.line));
    if (sample?.line.at === entry.line.at && sample.line.sqsMessageId === entry.line.sqsMessageId) found.set(sample.root, entry);
  }
  return found;
}

function sampleView(entry: LedgerEntry): QuarantineView['groups'][number]['samples'][number] {
  const { line, eventText } = entry;
  const bytes = eventBytes(entry);
  const raw = isUtf8(bytes) ? bytes.toString('utf8') : eventText;
  return { sqsMessageId: rootOf(line), messageId: line.messageId, at: Date.parse(line.at), detail: line.detail, raw };
}
