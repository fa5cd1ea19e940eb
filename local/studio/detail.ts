import { returnDelaySeconds } from '../../lambda/forward/backoff.ts';
import type { EventDetail, LiveEvent, UsageView } from './api.ts';
import { definitionsIn } from './definitions.ts';
import { faultPath } from './fault-path.ts';
import type { MappingsVersion } from './hot-mappings.ts';
import { eventIn } from './parsed-event.ts';
import { rootOf, textOf } from './run.ts';
import type { Run, RunUsage } from './run.ts';
import type { KeptRun, Runs } from './runs.ts';
import type { StudioServices } from './services.ts';

const SECOND_MS = 1_000;

export interface DetailDeps {
  readonly runs: Runs;
  readonly liveEvent: (kept: KeptRun) => LiveEvent;
  readonly ofVersion: (version: string) => MappingsVersion | undefined;
  readonly services: Pick<StudioServices, 'evaluate'>;
  /** Forward's; without them nobody can tell when an event comes back. */
  readonly retryDelaysMinutes?: readonly number[] | undefined;
}

/** One run with all that is known of it. */
export function eventDetail(kept: KeptRun, { runs, liveEvent, ofVersion, services, retryDelaysMinutes }: DetailDeps): EventDetail {
  const { run } = kept;
  const version = ofVersion(run.mappingVersion);
  const made = madeUsage(run, version, services);
  // Base64 is also how the queue takes text with a character it can't carry.
  const text = textOf(run);
  return {
    event: liveEvent(kept),
    raw: text ?? run.body,
    encoding: text === undefined ? 'base64' : 'text',
    usage: run.usage.map((usage) => usageView(usage, made)),
    faultPath: version === undefined ? undefined : faultPathOf(run, version),
    mappingVersion: run.mappingVersion,
    runs: sameEvent(runs, run).map(liveEvent),
    comesBack: comesBack(run, retryDelaysMinutes),
  };
}

/** Forward draws the delay by chance, between these two. */
function comesBack({ at, cause, receiveCount }: Run, retryDelaysMinutes: readonly number[] | undefined): EventDetail['comesBack'] {
  if (cause === undefined || retryDelaysMinutes === undefined) return undefined;
  const after = (random: number): number => at + returnDelaySeconds(cause, receiveCount, retryDelaysMinutes, random) * SECOND_MS;
  return { from: after(0), to: after(1) };
}

/** The usage events' JSON by mapping and id, made once more by the mappings that made them. */
function madeUsage(run: Run, version: MappingsVersion | undefined, { evaluate }: DetailDeps['services']): ReadonlyMap<string, string> {
  if (version === undefined) return new Map();
  const { usage } = evaluate(textOf(run), version.compiled.mappings, run.at, run.acceptedAt);
  return new Map(usage.flatMap((one) => (one.kind === 'ready' ? [[keyOf(one), one.json] as const] : [])));
}

function usageView(usage: RunUsage, made: ReadonlyMap<string, string>): UsageView {
  const { mapping, transactionId, verdict, status, reason, field, detail } = usage;
  return { mapping, transactionId, verdict, status, reason, field, detail, json: made.get(keyOf(usage)) };
}

function keyOf({ mapping, transactionId }: Pick<RunUsage, 'mapping' | 'transactionId'>): string {
  return JSON.stringify([mapping, transactionId]);
}

function faultPathOf(run: Run, { text }: MappingsVersion): string | undefined {
  const faulty = run.usage.find(({ verdict, reason }) => verdict === 'quarantined' && reason === run.reason);
  const definition = definitionsIn(text).find(({ name }) => name === faulty?.mapping);
  return faultPath(definition?.mapping, run.field, eventIn(textOf(run))?.ordinary);
}

function sameEvent(runs: Runs, run: Run): readonly KeptRun[] {
  const root = rootOf(run);
  return [...runs.before(Number.POSITIVE_INFINITY)].filter((other) => rootOf(other.run) === root).toReversed();
}
