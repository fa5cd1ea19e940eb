import { eachText } from '../each-text.ts';
import { textDirectives } from '../field-parts.ts';
import { outputsOf } from '../liquid-text.ts';
import type { Place } from '../mapping-parts.ts';
import { meantDirective } from '../meant-directive.ts';
import { hasOddBraces } from '../odd-braces.ts';
import { readTemplate } from '../placeholders.ts';
import { eachMapping } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { OBJECT_FIELDS } from '../segment-fields.ts';
import { spotAt } from '../spot.ts';
import type { Subject } from '../subject.ts';

/** Characters of a template or text that are repeated in a sentence. */
const SHOWN_CHARS = 60;

/** Rules on what a template prints, and on plain text that was meant as one. */
export const TEMPLATE_RULES = [
  {
    id: 'plain-text-path',
    severity: 'error',
    canAcknowledge: true,
    title: 'A plain text looks like a path or a template.',
    why: 'Plain text is sent as it stands, also in `@template` and `@liquid`: `"$.userId"` bills a customer called `$.userId`.',
    bad: [{ mapping: { customer_id: '$.userId' } }],
    good: [{ mapping: { customer_id: { '@path': '$.userId' } } }],
    check: eachMapping((subject) =>
      plainTexts(subject.parts).flatMap(({ text, place }) => {
        const directive = meantDirective(text);
        return directive === undefined ? [] : [spotAt(subject, place.keys, [`${shown(text)} is plain text here and is sent as it stands.`, `Write {"${directive}": ${shown(text)}}`])];
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
    why: 'What isn\'t closed, is empty or stands in single braces is sent as it stands, and so are the tags of Liquid: the same text for every event.',
    bad: [{ mapping: { transaction_id: { '@template': '{{messageId}}-${userId}' } } }],
    good: [{ mapping: { transaction_id: { '@template': '{{messageId}}-{{userId}}' } } }],
    check: eachText('@template', (text) => {
      if (/\{%.*%\}/s.test(text)) return [[`${shown(text)} has Liquid's tags, which are sent as text.`, 'Write {"@liquid": …}, or take an @if.']];
      return hasOddBraces(text) ? [[`${shown(text)} has braces that are sent as text.`, 'Write each placeholder as {{path}}, with two braces on either side.']] : [];
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
    check: eachMapping((subject) =>
      [...templatesIn(subject, '@template'), ...templatesIn(subject, '@liquid')].flatMap(({ printed, place }) =>
        printed
          .filter((path) => path === '' || path === '.' || OBJECT_FIELDS.includes(path))
          .map((path) => spotAt(subject, place.keys, [`{{${path}}} prints as [object Object].`, 'Name one value inside it, or make JSON of it with @json.'])),
      ),
    ),
  },
] as const satisfies readonly Rule[];

/** Plain texts, also those in @template and @liquid, where they are no less plain. */
function plainTexts(parts: Subject['parts']): readonly { readonly text: string; readonly place: Place }[] {
  const inTemplates = ['@template', '@liquid'].flatMap((name) => textDirectives(parts, name)).filter(({ text }) => !/\{\{|\{%/.test(text));
  return [...parts.flatMap((part) => (part.kind === 'text' && !part.place.isLiteral ? [part] : [])), ...inTemplates];
}

function templatesIn({ parts }: Subject, name: '@template' | '@liquid'): readonly { readonly printed: readonly string[]; readonly place: Place }[] {
  return textDirectives(parts, name).map(({ text, place }) => ({ printed: name === '@template' ? readTemplate(text).paths : unfilteredVariables(text), place }));
}

function unfilteredVariables(liquid: string): readonly string[] {
  return outputsOf(liquid).flatMap(({ variables, filters }) => (filters.length === 0 ? variables.map((keys) => keys.join('.')) : []));
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
}
