import { constantOf, refusalOf } from '../constants.ts';
import { outcomesOf } from '../field-parts.ts';
import { isMeantAsDirective } from '../meant-directive.ts';
import { nearName } from '../near-name.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { spotAt } from '../spot.ts';
import type { Advice } from '../spot.ts';
import type { Subject } from '../subject.ts';
import { USAGE_EVENT_FIELDS } from '../usage-event-fields.ts';
import { isTimelessField, kindOf } from '../value-kind.ts';

/** How many edits make another word of a field's name: `customerId` is none away, `time` many. */
const NEAR_EDITS = 3;

/** Rules on the five fields of a usage event. */
export const FIELD_RULES = [
  {
    id: 'missing-field',
    severity: 'error',
    canAcknowledge: false,
    title: 'One of the five fields is missing.',
    why: 'The defaults of Segment\'s screen aren\'t filled in at run time: every event fails for the missing field. The bridge quarantines it with `missing_field`.',
    bad: [{ mapping: { customer_id: undefined, customerId: { '@path': '$.context.groupId' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.context.groupId' } } }],
    check: eachMapping(({ fields }) =>
      missing(fields).map((field) => {
        const near = extra(fields).find((name) => nearName(name, [field], NEAR_EDITS) !== undefined);
        const suggestion = near === undefined ? `Add "${field}".` : `Rename "${near}" to "${field}".`;
        return { path: 'mapping', message: `The mapping has no ${field}, so every event fails.`, suggestion };
      }),
    ),
  },
  {
    id: 'extra-field',
    severity: 'warning',
    canAcknowledge: true,
    title: 'A field beside the five is dropped.',
    why: 'Metronome takes five fields, and everything else is left out before sending. What is to be billed goes into `properties`.',
    bad: [{ mapping: { seats: { '@path': '$.context.seats' } } }],
    good: [{ mapping: { properties: { seats: { '@path': '$.context.seats' } } } }],
    check: eachMapping(({ fields }) =>
      extra(fields)
        .filter((name) => nearName(name, missing(fields), NEAR_EDITS) === undefined && !name.startsWith('__segment_internal_'))
        .map((name) => ({ path: `mapping.${name}`, message: `${name} is none of the five fields and isn't sent.`, suggestion: `Move it into "properties", or remove it.` })),
    ),
  },
  {
    id: 'unusable-constant',
    severity: 'error',
    canAcknowledge: false,
    title: 'A field has a fixed value that can\'t be sent.',
    why: 'null, empty text or the wrong kind of value fails the check of every event. The bridge quarantines it with `missing_field`, `invalid_field` or `timestamp_invalid`.',
    bad: [{ mapping: { customer_id: null } }],
    good: [{ mapping: { customer_id: { '@path': '$.context.groupId' } } }],
    check: eachMapping((subject) =>
      constants(subject).flatMap(({ field, value }) => {
        const problem = refusalOf(field, value);
        return problem === undefined ? [] : [{ path: `mapping.${field}`, message: `Every event fails: ${problem}`, suggestion: 'Map it with {"@path": …} or another value.' }];
      }),
    ),
  },
  {
    id: 'field-of-wrong-kind',
    severity: 'error',
    canAcknowledge: true,
    title: 'A field is mapped to what is always the wrong kind of value.',
    why: 'An object is no id, customer or event type, text is no properties, and an event\'s name is no time: every event is quarantined with `invalid_field` or `timestamp_invalid`.',
    bad: [{ mapping: { customer_id: { '@path': '$.context.traits' } } }],
    good: [{ mapping: { customer_id: { '@path': '$.context.traits.account_id' } } }],
    check: eachMapping((subject) =>
      Object.entries(subject.fields ?? {}).flatMap(([field, written]) =>
        outcomesOf(written, [field]).flatMap(({ value, keys }) => {
          const advice = constantOf(value) === undefined ? wrongKind(field, value) : undefined;
          return advice === undefined ? [] : [spotAt(subject, keys, advice)];
        }),
      ),
    ),
  },
  {
    id: 'constant-customer-id',
    severity: 'warning',
    canAcknowledge: true,
    title: 'Every event is billed to the same customer.',
    why: 'A fixed `customer_id` bills one customer for what all of them do.',
    bad: [{ mapping: { customer_id: 'acme' } }],
    good: [{ mapping: { customer_id: { '@path': '$.context.groupId' } } }],
    check: eachMapping((subject) =>
      constants(subject)
        .filter(({ field, value }) => field === 'customer_id' && refusalOf(field, value) === undefined)
        .map(() => ({ path: 'mapping.customer_id', message: 'customer_id is the same for every event.', suggestion: 'Map it to what names the customer, such as {"@path": "$.context.groupId"}.' })),
    ),
  },
] as const satisfies readonly Rule[];

function missing(fields: Subject['fields']): readonly string[] {
  return fields === undefined ? [] : USAGE_EVENT_FIELDS.filter((field) => !Object.hasOwn(fields, field));
}

function extra(fields: Subject['fields']): readonly string[] {
  return fields === undefined ? [] : Object.keys(fields).filter((name) => !isField(name));
}

function isField(name: string): boolean {
  return USAGE_EVENT_FIELDS.some((field) => field === name);
}

/** The fields that are the same for every event; a text that was meant as a path is another rule's finding. */
function constants({ fields = {} }: Subject): readonly { readonly field: string; readonly value: unknown }[] {
  return USAGE_EVENT_FIELDS.flatMap((field) => {
    const written = fields[field];
    const constant = Object.hasOwn(fields, field) ? constantOf(written) : undefined;
    return constant === undefined || isMeantAsDirective(written) ? [] : [{ field, value: constant.value }];
  });
}

function wrongKind(field: string, value: unknown): Advice | undefined {
  if (!isField(field)) return undefined;
  if (field === 'properties') return kindOf(value) === 'text' ? ['properties must be an object, and this is always text.', 'Write {"@path": "$.properties"}, or an object with a directive for each property.'] : undefined;
  if (field === 'timestamp' && isTimelessField(value)) return ['timestamp must be a time, and this is none.', 'Write {"@path": "$.timestamp"}'];
  return kindOf(value) === 'object' ? [`${field} must be one value, and this is always an object.`, 'Name one value inside it, as in {"@path": "$.context.traits.id"}.'] : undefined;
}
