import * as fc from 'fast-check';

/** A JSON object, as a Segment event is one. */
export type JsonObject = Record<string, unknown>;

/** Names that paths find often, that hold what paths are cut at, and that objects, arrays and texts inherit. */
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'properties', 'items') },
  fc.constantFrom('', '0', '1', '-1', 'k k', "q'u", 'd.o', '$', 'a[b]', '@path', '@at', '_metadata', 'ž🐎', 'undefined'),
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'at', 'name'),
);

const text = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom('', '0', 'x', 'Hello World', '$&', "$`$'", 'a$$b', '{{a}}', '{{{b}}}', '{"a":[1]}', '{"__proto__":{"polluted":1}}', '{bad', 'ß', 'İ', '\ud83d'),
);

const scalar = fc.oneof(text, fc.constantFrom(null, true, false, 0, -0, 1, 1e21, Number.POSITIVE_INFINITY), fc.double({ noNaN: true }));

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalar, fc.array(tie('json'), { maxLength: 3 }), objectOf(tie('json'))),
}));

/** An event: any JSON object, with the odd names and texts more often than chance has them. */
export const event: fc.Arbitrary<JsonObject> = objectOf(json);

/** Any JSON value. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(json, fc.jsonValue());

const path = fc.oneof(
  fc.tuple(fc.constantFrom('$.', '', '$', '.', '$.$.'), fc.array(name, { maxLength: 4 })).map(([start, keys]) => start + keys.join('.')),
  fc.array(fc.constantFrom('a', 'b', '.', '[', ']', '[0]', '["a"]', "['", '$.', '"', '0', 'length', 'constructor', '__proto__', ' '), { maxLength: 8 }).map(joined),
);

const template = fc
  .array(fc.oneof(path, fc.constantFrom('{', '{{', '{{{', '}', '}}', '}}}', '{{a}}', '{{{b}}}', '{{constructor}}', ' ')), { maxLength: 6 })
  .map(joined);

const liquid = fc
  .array(
    fc.oneof(
      fc.tuple(path, fc.constantFrom('upcase', 'size', 'json', 'split: ""', 'append: b', 'plus: 1', 'map', 'nope', 'default: a', 'slice: 0')).map(([value, filter]) => `{{ ${value} | ${filter} }}`),
      fc.constantFrom('{{ a }}', '{{ constructor.name }}', '{{ a.__proto__ }}', '{% increment a %}', '{% assign a = b %}', '{% if a %}x{% endif %}', '{% for x in a %}{% endfor %}', '{{', '{% nope %}', 'x'),
    ),
    { maxLength: 3 },
  )
  .map(joined);

/** A mapping: any JSON value that holds directives, most of them as hosted takes them, some with arguments missing or wrong. */
export const { mapping } = fc.letrec<{ mapping: unknown; directive: unknown }>((tie) => {
  const value = tie('mapping');
  const directive = tie('directive');
  const root = objectOf(value).chain((members) => directive.map((argument) => ({ ...members, __segment_internal_directive: argument })));
  return {
    mapping: fc.oneof({ maxDepth: 5, depthSize: 'medium' }, scalar, directive, objectOf(value), fc.array(value, { maxLength: 3 }), root, json),
    directive: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      path.map((argument) => ({ '@path': argument })),
      template.map((argument) => ({ '@template': argument })),
      liquid.map((argument) => ({ '@liquid': argument })),
      only('@path', directive),
      only('@template', directive),
      only('@literal', value),
      only('@excludeWhenNull', value),
      only('@if', partly({ exists: value, blank: value, then: value, else: value })),
      only('@case', partly({ operator: fc.constantFrom('lower', 'upper', 'LOWER'), value: fc.oneof(directive, text) })),
      only('@replace', partly({ pattern: text, replacement: text, value: directive, ignorecase: fc.boolean(), global: fc.boolean(), pattern2: text, replacement2: text })),
      only('@arrayPath', fc.tuple(fc.oneof(path, directive), value)),
      only('@flatten', partly({ separator: fc.constantFrom('.', '_', '$&', ''), value, omitArrays: fc.boolean() })),
      only('@json', partly({ mode: fc.constantFrom('encode', 'decode', 'ENCODE'), value })),
      only('@merge', partly({ direction: fc.constantFrom('left', 'right', 'Left'), objects: fc.array(fc.oneof(directive, objectOf(value)), { maxLength: 3 }) })),
      only('@transform', partly({ apply: fc.oneof(directive, objectOf(value)), mapping: fc.oneof(directive, objectOf(value)) })),
      only('@unknown', value),
    ),
  };
});

const WHOLE_EVENT = { '@path': '$.' };

/** A mapping that copies the members of the event into a new object, whatever they are called. */
export const copying: fc.Arbitrary<unknown> = fc.constantFrom(
  { '@flatten': { separator: '.', value: WHOLE_EVENT } },
  { '@flatten': { separator: '.', value: WHOLE_EVENT, omitArrays: true } },
  { '@merge': { direction: 'left', objects: [WHOLE_EVENT, WHOLE_EVENT] } },
  { '@excludeWhenNull': WHOLE_EVENT },
  { '@transform': { apply: { '@merge': { direction: 'right', objects: [WHOLE_EVENT] } }, mapping: WHOLE_EVENT } },
  { '@json': { mode: 'decode', value: { '@json': { mode: 'encode', value: WHOLE_EVENT } } } },
);

const field = fc.constantFrom('type', 'event', 'name', 'userId', 'properties.a', 'traits.b', 'context', 'properties.constructor', 'messageId');
const literal = fc.constantFrom('"track"', "'x'", '1', 'true', 'null', '"a*"', '-', '""');

/** A trigger: conditions, functions and odd characters in any order, sometimes one that can be read. */
export const trigger: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.tuple(field, fc.constantFrom('=', '!=', '<', '>='), literal).map((parts) => parts.join(' ')),
      fc.tuple(fc.constantFrom('contains', '!match', 'length'), field, literal).map(([call, first, second]) => `${call}(${first}, ${second})`),
      fc.constantFrom('and', 'or', '(', ')', '()', '!', '\\', '[', ','),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join(' '));

/** The five fields of a usage event and one more, each with any value. */
export const mapped: fc.Arbitrary<unknown> = fc.oneof(
  json,
  partly({
    transaction_id: anyJson,
    customer_id: anyJson,
    timestamp: fc.oneof(anyJson, fc.date().map(String), fc.integer()),
    event_type: anyJson,
    properties: fc.oneof(event, anyJson),
    dynamicAuthSettings: anyJson,
  }),
);

function objectOf<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });
}

function only(directiveName: string, argument: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return argument.map((value) => ({ [directiveName]: value }));
}

/** An object of any of these members: each may be missing. */
function partly(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return fc.record(members, { requiredKeys: [], noNullPrototype: true });
}

function joined(parts: readonly string[]): string {
  return parts.join('');
}
