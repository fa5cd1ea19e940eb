import { usageOf } from '../../lambda/forward/usage-of.ts';
import type { Usage } from '../../lambda/forward/usage-of.ts';
import { ownMember } from '../../lambda/json-value.ts';
import { compileMapping, MappingsFileError, USAGE_EVENT_FIELDS } from '../../lambda/mapping/index.ts';
import type { CompiledMapping, ParsedEvent } from '../../lambda/mapping/index.ts';
import type { FieldView, MappingTry, TryView } from './api.ts';
import { conditionsOf } from './conditions.ts';
import { definitionsIn } from './definitions.ts';
import type { Definition } from './definitions.ts';
import { eventIn, exactly } from './parsed-event.ts';
import { StudioProblem } from './problem.ts';
import type { Outcome, StudioServices } from './services.ts';
import { shownJson } from './shown-json.ts';
import { sourcesOf, sourceView } from './sources.ts';

/** Of one field's value. */
const VALUE_CHARS = 20_000;

export interface TryOptions {
  /** Of the mappings as edited, and as saved. */
  readonly text: string;
  readonly savedText: string;
  /** JSON of a Segment event. */
  readonly event: string;
  /** When it is mapped, epoch milliseconds. */
  readonly now: number;
  readonly services: Pick<StudioServices, 'check' | 'evaluate'>;
}

/**
 * What the mappings as edited make of an event, and how that differs from the saved ones.
 * @throws StudioProblem if there is nothing to try: the texts aren't mappings or an event
 */
export function tryEvent({ text, savedText, event, now, services }: TryOptions): TryView {
  const [problem] = services.check(text).problems;
  if (problem !== undefined) throw new StudioProblem(422, problem);
  const parsed = eventIn(event);
  if (parsed === undefined) throw new StudioProblem(422, 'The event is no JSON object. Paste one Segment event, as it comes in the webhook.');
  const [edited, saved] = [sideOf(text, event, now, services), sideOf(savedText, event, now, services)];
  const { fate } = edited.outcome;
  return {
    fate: finalFate(fate.kind),
    ...(fate.kind === 'quarantined' ? { reason: fate.reason, field: fate.field } : {}),
    savedFate: finalFate(saved.outcome.fate.kind),
    mappings: edited.definitions.map((definition) => mappingTry(definition, edited, saved, { parsed, now })),
  };
}

/** One version of the mappings, and what it makes of the event. */
interface Side {
  readonly definitions: readonly Definition[];
  readonly compiled: ReadonlyMap<string, CompiledMapping | MappingsFileError>;
  readonly outcome: Outcome;
}

interface Tried {
  readonly parsed: ParsedEvent;
  readonly now: number;
}

function sideOf(text: string, event: string, now: number, { evaluate }: TryOptions['services']): Side {
  const definitions = definitionsIn(text);
  const compiled = new Map(definitions.map((definition) => [definition.name, compiledSafely(definition)]));
  const enabled = definitions.filter((one) => one.enabled).flatMap(({ name }) => usable(compiled.get(name)));
  return { definitions, compiled, outcome: evaluate(event, enabled, now) };
}

function mappingTry(definition: Definition, edited: Side, saved: Side, tried: Tried): MappingTry {
  const { name, enabled, trigger } = definition;
  const view = resultOf(name, edited, tried);
  return {
    mapping: name,
    enabled,
    matched: view.matched,
    trigger,
    condition: conditionsOf(trigger, tried.parsed.ordinary),
    fields: USAGE_EVENT_FIELDS.map((field) => fieldView(definition, field, tried.parsed)),
    json: view.json,
    fault: view.fault,
    saved: savedDifference(view, resultOf(name, saved, tried), saved.compiled.has(name)),
  };
}

type Result = Pick<MappingTry, 'matched' | 'json' | 'fault'>;

/** By what forward would send; of a mapping that is switched off by what it would be alone. */
function resultOf(name: string, { definitions, compiled, outcome }: Side, { parsed, now }: Tried): Result {
  const mapping = compiled.get(name);
  if (mapping === undefined) return { matched: false };
  if (mapping instanceof MappingsFileError) return { matched: false, fault: { reason: 'unusable_mapping', detail: mapping.message } };
  const isEnabled = definitions.some((one) => one.name === name && one.enabled);
  const usage = isEnabled ? outcome.usage.find((one) => one.mapping === name) : usageOf(parsed, mapping, now);
  return usage === undefined ? { matched: matchesSafely(mapping, parsed) } : usageResult(usage);
}

function usageResult(usage: Usage): Result {
  return usage.kind === 'ready' ? { matched: true, json: usage.json } : { matched: true, fault: usage.fault };
}

function savedDifference(now: Result, before: Result, isSaved: boolean): MappingTry['saved'] {
  const isSame = now.matched === before.matched && now.json === before.json && now.fault?.reason === before.fault?.reason && now.fault?.field === before.fault?.field;
  return isSame && isSaved ? undefined : before;
}

/** Each field alone, so that one which fails doesn't hide the others. */
function fieldView({ mapping }: Definition, field: string, parsed: ParsedEvent): FieldView {
  const event = exactly(parsed);
  const sources = sourcesOf(mapping, field).map((keys) => sourceView(keys, event));
  return { field, value: shownJson(valueOf(mapping, field, event), VALUE_CHARS), sources };
}

function valueOf(mapping: Readonly<Record<string, unknown>>, field: string, event: unknown): unknown {
  try {
    return ownMember(compileMapping(onlyField(mapping, field))(event), field);
  } catch {
    // Why it fails is the mapping's fault, and shown as that.
    return undefined;
  }
}

/** With what else a directive for the whole mapping needs. */
function onlyField(mapping: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  const isDirected = Object.keys(mapping).some((key) => key.startsWith('@') || key.startsWith('__segment_internal'));
  return isDirected ? mapping : { [field]: mapping[field] };
}

function compiledSafely({ compile, name }: Definition): CompiledMapping | MappingsFileError {
  try {
    return compile() ?? new MappingsFileError(`The mapping ${JSON.stringify(name)} is empty.`);
  } catch (error) {
    if (error instanceof MappingsFileError) return error;
    throw error;
  }
}

function usable(mapping: CompiledMapping | MappingsFileError | undefined): readonly CompiledMapping[] {
  return mapping === undefined || mapping instanceof MappingsFileError ? [] : [mapping];
}

function matchesSafely({ matches }: CompiledMapping, { ordinary }: ParsedEvent): boolean {
  try {
    return matches(ordinary);
  } catch {
    return false;
  }
}

/** Nothing returns where nothing is sent. */
function finalFate(kind: Outcome['fate']['kind']): TryView['fate'] {
  return kind === 'returned' ? 'quarantined' : kind;
}
