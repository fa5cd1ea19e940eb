import { describeType, isObject } from '../../lambda/json-value.ts';
import { withoutDropped } from './dropped-fields.ts';
import { parseExact } from './parse-exact.ts';
import { holdsExpression } from './terraform.ts';

/** The destination's one action. */
const ACTION = 'sendEvent';

const FOR_TERRAFORM = '${...}, which only Terraform can work out; import what `terraform show -json` prints instead of the configuration';

/** An entry of mappings.json, of what a subscription has. */
export interface ImportedMapping {
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger: string;
  readonly mapping: Readonly<Record<string, unknown>>;
}

/** What becomes of one subscription. */
export type Imported =
  | { readonly kind: 'mapping'; readonly mapping: ImportedMapping; readonly notes: readonly string[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'refused'; readonly problem: string };

/** Reads one subscription; its name may be empty. Sentences about it begin with a verb: they follow its name. */
export function importSubscription(candidate: unknown): Imported {
  if (!isObject(candidate)) return refused(`is ${describeType(candidate)}; expected an object with a trigger and a mapping`);
  const action = candidate['actionSlug'] ?? candidate['action_slug'] ?? candidate['partnerAction'];
  if (typeof action === 'string' && action !== ACTION) return { kind: 'skipped', reason: `is of the action "${action}", not of Metronome's "${ACTION}"` };
  const trigger = triggerOf(candidate);
  if (typeof trigger !== 'string' || trigger.trim() === '') return refused(`has no trigger (the member "trigger" or "subscribe" as text), but ${describeType(trigger)}`);
  if (holdsExpression(trigger, candidate) && Object.hasOwn(candidate, 'action_id')) return refused(`has a trigger with ${FOR_TERRAFORM}`);
  const mapping = mappingOf(candidate);
  if (typeof mapping === 'string') return refused(mapping);
  const { name, enabled = true } = candidate;
  if (typeof enabled !== 'boolean') return refused(`has "enabled" as ${describeType(enabled)}; expected true or false`);
  const { kept, notes } = withoutDropped(mapping);
  return { kind: 'mapping', mapping: { name: typeof name === 'string' ? name.trim() : '', enabled, trigger, mapping: kept }, notes };
}

function triggerOf({ trigger, subscribe }: Readonly<Record<string, unknown>>): unknown {
  return trigger ?? subscribe;
}

/** The mapping, or what is wrong with it. `settings` beside a `mapping` are the destination's own, not the subscription's. */
function mappingOf(candidate: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | string {
  const name = isSet(candidate['mapping']) ? 'mapping' : 'settings';
  const written = candidate[name];
  if (!isSet(written)) return 'has no mapping (the member "mapping" or "settings")';
  if (holdsExpression(written, candidate)) return `has "${name}" with ${FOR_TERRAFORM}`;
  const value = typeof written === 'string' ? parsedText(written) : written;
  if (isObject(value)) return value;
  return `has "${name}" as ${typeof written === 'string' ? 'text that holds no JSON object' : describeType(value)}; expected an object`;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Terraform keeps settings as JSON text. */
function parsedText(text: string): unknown {
  const parsed = parseExact(text);
  return 'value' in parsed ? parsed.value : undefined;
}

function refused(problem: string): Imported {
  return { kind: 'refused', problem };
}
