import { z } from 'zod';

/** A text that isn't empty. `expected` ends the sentence "… is X; expected …". */
function text(expected: string): z.ZodString {
  return z.string(expected).min(1, expected);
}

const MAPPING_SCHEMA = z.strictObject(
  {
    name: text('a name').describe('A name of its own, shown in the ledger and in the logs.'),
    enabled: z.boolean('true or false').default(true).describe('Whether events are mapped with it.'),
    trigger: text('a trigger, like type = "track"').describe('Which events it maps, in Segment\'s trigger language, like: type = "track"'),
    mapping: z
      .record(z.string(), z.unknown(), 'an object with the fields of a usage event')
      .describe('The five fields of a usage event: transaction_id, customer_id, timestamp, event_type and properties. Each is a value or a mapping directive.'),
    acknowledge: z.array(text('the id of a lint rule'), 'a list of lint rule ids').default([]).describe('Ids of the lint rules that this mapping breaks on purpose; docs/lint.md lists them.'),
    numbersAs: z.enum(['number', 'string'], '"number" or "string"').default('number').describe('How numbers inside properties are sent: as numbers, or as text with their very digits, as Metronome advises.'),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'an object with name, trigger and mapping' : undefined) },
);

/** The shape of a mappings file. What a shape can't say (unique names, sound triggers and directives) is checked when it is read. */
export const MAPPINGS_SCHEMA = z
  .strictObject(
    {
      $schema: z.string('the path of the JSON schema').optional().describe('Where editors find the schema of this file.'),
      mappings: z
        .array(MAPPING_SCHEMA, 'a list of mappings')
        .min(1, 'a list of one mapping or more')
        .describe('Every enabled mapping whose trigger matches an event makes one usage event of it.'),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'an object with a list of mappings' : undefined) },
  )
  .describe('How Segment events become usage events of Metronome.');

export type MappingDefinition = Readonly<z.output<typeof MAPPING_SCHEMA>>;

/** The keys allowed in the object at this path of the file. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  return Object.keys((path.length === 0 ? MAPPINGS_SCHEMA : MAPPING_SCHEMA).shape);
}
