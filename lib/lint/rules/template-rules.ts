import { textDirectives } from '../field-parts.ts';
import { disabledFilters, unknownFilters } from '../liquid-text.ts';
import { meantDirective } from '../meant-directive.ts';
import { readTemplate } from '../placeholders.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { OBJECT_FIELDS } from '../segment-fields.ts';
import { spotAt } from '../spot.ts';
import type { Advice } from '../spot.ts';

/** Characters of a template or text that are repeated in a sentence. */
const SHOWN_CHARS = 60;

/** Rules on @template, @liquid, and plain text that was meant as one. */
export const TEMPLATE_RULES = [
  {
    id: 'plain-text-path',
    severity: 'error',
    canAcknowledge: true,
    title: 'A plain text looks like a path or a template.',
    why: 'Plain text is sent as it stands: `"$.userId"` bills a customer called `$.userId`.',
    bad: [{ mapping: { customer_id: '$.userId' } }],
    good: [{ mapping: { customer_id: { '@path': '$.userId' } } }],
    check: eachMapping((subject) =>
      subject.parts.flatMap((part) => {
        const directive = part.kind === 'text' && !part.place.isLiteral ? meantDirective(part.text) : undefined;
        if (part.kind !== 'text' || directive === undefined) return [];
        const text = shown(part.text);
        return [spotAt(subject, part.place.keys, [`${text} is plain text here and is sent as it stands.`, `Write {"${directive}": ${text}}`])];
      }),
    ),
  },
  {
    id: 'template-dollar',
    severity: 'error',
    canAcknowledge: true,
    title: 'A path in a template starts with `$.`.',
    why: 'Templates take paths without it: `{{$.userId}}` is always empty.',
    bad: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{$.userId}}' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{userId}}' } } }],
    check: eachText('@template', (text) => {
      const wrong = readTemplate(text).paths.filter((path) => path.startsWith('$'));
      return wrong.map((path) => [`{{${path}}} is always empty: templates take paths without "$.".`, `Write {{${path.replace(/^\$\.?/, '')}}}`]);
    }),
  },
  {
    id: 'template-braces',
    severity: 'error',
    canAcknowledge: true,
    title: 'The braces of a template aren\'t `{{path}}`.',
    why: 'What isn\'t closed, is empty or stands in single braces is sent as it stands: the same text for every event.',
    bad: [{ mapping: { transaction_id: { '@template': '{{messageId}}-${userId}' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{userId}}' } } }],
    check: eachText('@template', (text) => {
      const { rest } = readTemplate(text);
      const isOdd = rest.includes('{{') || rest.includes('}}') || /\$?\{[\w\s.$]{1,100}\}/.test(rest);
      return isOdd ? [[`${shown(text)} has braces that are sent as text.`, 'Write each placeholder as {{path}}, with two braces on either side.']] : [];
    }),
  },
  {
    id: 'template-triple-braces',
    severity: 'warning',
    canAcknowledge: true,
    title: 'A template has triple braces.',
    why: 'What `{{{path}}}` brings is searched for `{{path}}` once more: whoever writes that into an event chooses what is billed. Double braces print the same, and search nothing.',
    bad: [{ mapping: { customer_id: { '@template': 'team-{{{context.groupId}}}' } } }],
    good: [{ mapping: { customer_id: { '@template': 'team-{{context.groupId}}' } } }],
    check: eachText('@template', (text) =>
      readTemplate(text).triplePaths.map((path) => [`A value at ${shown(path)} that holds {{…}} is filled in once more, with whatever that names.`, `Write {{${path}}}`]),
    ),
  },
  {
    id: 'template-object',
    severity: 'error',
    canAcknowledge: true,
    title: 'A template prints a whole object.',
    why: 'An object prints as `[object Object]`, the same for every event.',
    bad: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{properties}}' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{properties.line}}' } } }],
    check: eachText('@template', (text) => {
      const wrong = readTemplate(text).paths.filter((path) => path === '' || path === '.' || OBJECT_FIELDS.includes(path));
      return wrong.map((path) => [`{{${path}}} prints as [object Object].`, 'Name one value inside it, or make JSON of it with @json.']);
    }),
  },
  {
    id: 'liquid-unknown-filter',
    severity: 'error',
    canAcknowledge: true,
    title: 'A `@liquid` template uses a filter that doesn\'t exist.',
    why: 'Unknown filters are ignored without a word: the value goes out unchanged.',
    bad: [{ mapping: { event_type: { '@liquid': '{{ event | lowercase }}' } } }],
    good: [{ mapping: { event_type: { '@liquid': '{{ event | downcase }}' } } }],
    check: eachText('@liquid', (text) => unknownFilters(text).map((filter) => [`The filter ${filter} doesn't exist and is ignored.`, 'Use one of liquidjs\'s filters, such as downcase, upcase, strip, append or default.'])),
  },
  {
    id: 'liquid-disabled-filter',
    severity: 'error',
    canAcknowledge: true,
    title: 'A `@liquid` template uses a filter that is switched off.',
    why: 'It passes every check, and fails each event that reaches it.',
    bad: [{ mapping: { event_type: { '@liquid': '{{ event | reverse }}' } } }],
    good: [{ mapping: { event_type: { '@liquid': '{{ event | upcase }}' } } }],
    check: eachText('@liquid', (text) => disabledFilters(text).map((filter) => [`The filter ${filter} is switched off: each event that reaches it fails.`, 'Remove it; lists can be read with @arrayPath and joined with the filter join.'])),
  },
] as const satisfies readonly Rule[];

function eachText(name: string, check: (text: string) => readonly Advice[]): Rule['check'] {
  return eachMapping((subject) => textDirectives(subject.parts, name).flatMap(({ text, place }) => check(text).map((advice) => spotAt(subject, place.keys, advice))));
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
}
