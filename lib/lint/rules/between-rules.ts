import { isObject } from '../../../lambda/json-value.ts';
import { splitPath } from '../../../lambda/mapping/path.ts';
import { readTemplate } from '../placeholders.ts';
import type { LintedFile, Rule } from '../rule.ts';
import type { OwnSpot, Spot } from '../spot.ts';
import type { Subject } from '../subject.ts';
import { overlapFinder, overlapping } from '../trigger-overlap.ts';
import type { Overlapping } from '../trigger-overlap.ts';

/** Rules between the mappings of a file. */
export const BETWEEN_RULES = [
  {
    id: 'same-transaction-id',
    severity: 'error',
    canAcknowledge: true,
    title: 'Two mappings can match one event, and give both usage events the same `transaction_id`.',
    why: 'Hosted sends both, and Metronome keeps whichever comes first. The bridge sends neither, and quarantines the event with `duplicate_transaction_id`.',
    bad: [{ trigger: 'type = "track"' }, { trigger: 'event = "Order Paid"', mapping: { event_type: 'order_paid' } }],
    good: [{ trigger: 'type = "track" and event != "Order Paid"' }, { trigger: 'event = "Order Paid"', mapping: { event_type: 'order_paid' } }],
    check: (file) => {
      const canBothMatch = overlapFinder();
      return eachLater(file, (one, earlier) => (one.written === earlier.written || one.id === undefined || one.id !== earlier.id || !canBothMatch(one.overlap, earlier.overlap) ? undefined : sameIdText(earlier.subject)));
    },
  },
  {
    id: 'repeated-mapping',
    severity: 'error',
    canAcknowledge: true,
    title: 'A mapping is in the file twice.',
    why: 'Hosted sends each event twice. The bridge quarantines both with `duplicate_transaction_id`.',
    bad: [{}, {}],
    good: [{}, { enabled: false }],
    check: (file) =>
      eachLater(file, (one, earlier) =>
        one.written === earlier.written
          ? { path: 'trigger', message: `The trigger and the mapping are those of ${JSON.stringify(earlier.subject.definition.name)}.`, suggestion: 'Remove one, or set "enabled" to false.' }
          : undefined,
      ),
  },
  {
    id: 'no-enabled-mapping',
    severity: 'error',
    canAcknowledge: false,
    title: 'No mapping is enabled.',
    why: 'No event is billed: each is filtered, and is gone when the archive expires. To hold events back, set `paused`: they then wait in the queue.',
    bad: [{ enabled: false }],
    good: [{ enabled: true }],
    check: ({ mappings, subjects }) =>
      subjects.length > 0 || mappings.length === 0 ? [] : [{ mapping: 0, path: 'enabled', message: 'No mapping is enabled, so no event is billed.', suggestion: 'Enable one. To hold events back, set "paused" in the settings.' }],
  },
] as const satisfies readonly Rule[];

/** What mappings are compared by, made once for each: a file may have thousands of pairs. */
interface Compared {
  readonly subject: Subject;
  /** The trigger and the mapping, alike for those that do the same. */
  readonly written: string;
  /** Undefined without a transaction_id of its own. */
  readonly id: string | undefined;
  readonly overlap: Overlapping;
}

/** The first earlier mapping that a later one collides with. */
function eachLater({ subjects }: LintedFile, check: (one: Compared, earlier: Compared) => OwnSpot | undefined): readonly Spot[] {
  const compared: Compared[] = [];
  return subjects.flatMap((subject) => {
    const one = { subject, written: writtenOf(subject), id: idOf(subject), overlap: overlapping(subject.trigger) };
    let spot: OwnSpot | undefined;
    for (const earlier of compared) {
      spot = check(one, earlier);
      if (spot !== undefined) break;
    }
    compared.push(one);
    return spot === undefined ? [] : [{ ...spot, mapping: subject.index }];
  });
}

function sameIdText({ definition }: Subject): OwnSpot {
  return {
    path: 'mapping.transaction_id',
    message: `An event can match ${JSON.stringify(definition.name)} too, and both give the same transaction_id, so neither is sent.`,
    suggestion:
      'To bill it once, let the triggers exclude each other, as event = "A" and event != "A" do. To bill it twice, give one another id, as in {"@template": "{{messageId}}-paid"}; ' +
      'but not while the hosted destination still runs beside the bridge, as an event is billed again under an id that changed.',
  };
}

function writtenOf({ trigger, definition }: Subject): string {
  return JSON.stringify([trigger.tokens.length === 0 ? trigger.text : trigger.tokens, sorted(definition.mapping)]);
}

function idOf({ fields = {} }: Subject): string | undefined {
  const id = fields['transaction_id'];
  return id === undefined ? undefined : JSON.stringify(normalised(id));
}

/** `$.messageId`, `messageId` and a template of nothing but `{{messageId}}` are one and the same. */
function normalised(id: unknown): unknown {
  if (!isObject(id)) return id;
  const { '@path': path, '@template': template } = id;
  if (typeof path === 'string') return { '@path': splitPath(path) };
  const { paths, rest } = readTemplate(typeof template === 'string' ? template : '');
  const [only] = paths;
  return paths.length === 1 && rest === '' && only !== undefined ? { '@path': splitPath(only) } : sorted(id);
}

/** With the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value).map(([key, member]) => [key, sorted(member)]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
