import type { TryView } from './api.ts';
import { brokenJson } from './broken-json.ts';
import { eventIn } from './parsed-event.ts';
import { StudioProblem } from './problem.ts';
import type { Outcome, StudioServices } from './services.ts';
import { deletedTries, mappingTries } from './try-mappings.ts';
import { sideOf } from './try-side.ts';

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
  if (parsed === undefined) throw new StudioProblem(422, whyNoEvent(event));
  const [edited, saved] = [sideOf(text, event, now, services), sideOf(savedText, event, now, services)];
  const tried = { parsed, now };
  const { fate } = edited.outcome;
  return {
    fate: finalFate(fate.kind),
    ...(fate.kind === 'quarantined' ? { reason: fate.reason, field: fate.field } : {}),
    savedFate: finalFate(saved.outcome.fate.kind),
    mappings: mappingTries(edited, saved, tried),
    deleted: deletedTries(edited, saved, tried),
  };
}

/** Where to look helps only in what was to be an event. */
function whyNoEvent(text: string): string {
  const broken = text.trimStart().startsWith('{') ? brokenJson(text) : undefined;
  return broken === undefined ? 'The event is no JSON object. Paste one Segment event, as it comes in the webhook.' : `This is no event yet. ${broken}`;
}

/** Nothing returns where nothing is sent. */
function finalFate(kind: Outcome['fate']['kind']): TryView['fate'] {
  return kind === 'returned' ? 'quarantined' : kind;
}
