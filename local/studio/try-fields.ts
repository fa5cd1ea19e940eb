import { ownMember } from '../../lambda/json-value.ts';
import { compileMapping, USAGE_EVENT_FIELDS } from '../../lambda/mapping/index.ts';
import type { ParsedEvent } from '../../lambda/mapping/index.ts';
import type { FieldView } from './api.ts';
import type { Definition } from './definitions.ts';
import { exactly } from './parsed-event.ts';
import { shownJson } from './shown-json.ts';
import { sourcesOf, sourceView } from './sources.ts';

/** Of one field's value. */
const VALUE_CHARS = 20_000;

/** Each field alone, so that one which fails doesn't hide the others. */
export function fieldViews({ mapping }: Definition, parsed: ParsedEvent): readonly FieldView[] {
  const event = exactly(parsed);
  return USAGE_EVENT_FIELDS.map((field) => ({
    field,
    value: shownJson(valueOf(mapping, field, event), VALUE_CHARS),
    sources: sourcesOf(mapping, field).map((keys) => sourceView(keys, event)),
  }));
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
