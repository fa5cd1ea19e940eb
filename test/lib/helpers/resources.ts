import type { Template } from 'aws-cdk-lib/assertions';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export function resourcesOf(template: Template): Readonly<Record<string, Resource>> {
  return template.toJSON()['Resources'];
}

/** The logical id of the only resource of this type whose id holds `part`. */
export function idOf(template: Template, type: string, part = ''): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(part));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error(`expected one ${type} with ${part}, found ${ids.join(', ') || 'none'}`);
  return id;
}

/** Every policy statement anywhere in the template, with the resource that holds it. */
export function statementsOf(template: Template): readonly { holder: string; statement: Statement }[] {
  return Object.entries(resourcesOf(template)).flatMap(([holder, resource]) => statementsIn(resource).map((statement) => ({ holder, statement })));
}

function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'Statement' && Array.isArray(inner) ? inner : statementsIn(inner)));
}

export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return [value].flat() as readonly T[];
}
