/** A directive as the editor offers it. */
export interface DirectiveHelp {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly help: string;
  /** What stands behind its name; `#{}` and `#{text}` are where the cursor goes. */
  readonly value: string;
}

export const DIRECTIVES: readonly DirectiveHelp[] = [
  { name: '@path', help: 'the value at a path of the event', value: '"$.#{}"' },
  { name: '@template', help: 'text with values of the event in it', value: '"{{#{}}}"' },
  { name: '@literal', help: 'this value as it stands', value: '#{}' },
  { name: '@if', help: 'one of two values, by whether a third exists', value: '{ "exists": { "@path": "$.#{}" }, "then": #{}, "else": #{} }' },
  { name: '@case', help: 'lower or upper case', value: '{ "operator": "lower", "value": { "@path": "$.#{}" } }' },
  { name: '@replace', help: 'a text with a part of it replaced', value: '{ "pattern": "#{}", "replacement": "#{}", "value": { "@path": "$.#{}" } }' },
  { name: '@arrayPath', help: 'each element of a list, mapped', value: '["$.#{}", { "#{}": { "@path": "$.#{}" } }]' },
  { name: '@flatten', help: 'nested members as one level', value: '{ "separator": ".", "value": { "@path": "$.#{}" } }' },
  { name: '@json', help: 'a value as JSON text, or back', value: '{ "mode": "encode", "value": { "@path": "$.#{}" } }' },
  { name: '@merge', help: 'several objects as one', value: '{ "direction": "right", "objects": [{ "@path": "$.#{}" }, { "#{}": #{} }] }' },
  { name: '@transform', help: 'a mapping of what a first mapping gives', value: '{ "apply": { "#{}": { "@path": "$.#{}" } }, "mapping": { "#{}": { "@path": "$.#{}" } } }' },
  { name: '@excludeWhenNull', help: 'nothing in place of null', value: '{ "@path": "$.#{}" }' },
  { name: '@liquid', help: 'text made by a Liquid template', value: '"{{ #{} }}"' },
];
