import { isObject, ownMember } from '../../lambda/json-value.ts';

const SUBSCRIPTION = 'segment_destination_subscription';
/** How an expression begins in text of a configuration: https://developer.hashicorp.com/terraform/language/syntax/json */
const EXPRESSION = '${';

/** True for what holds Terraform's resources. */
export function isTerraformMember(value: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(value, 'resources') || Object.hasOwn(value, 'resource');
}

/** State and `show -json` list resources of every type; configuration keeps them by type and name, each level perhaps as a list. */
export function terraformSubscriptions({ resources, resource }: Readonly<Record<string, unknown>>): readonly unknown[] {
  const listed = Array.isArray(resources) ? resources.filter((one) => ownMember(one, 'type') === SUBSCRIPTION) : [];
  const byName = asList(resource).flatMap((byType) => asList(ownMember(byType, SUBSCRIPTION)));
  return [...listed.flatMap(instancesOf), ...byName.flatMap((names) => (isObject(names) ? Object.values(names) : [])).flatMap(asList)];
}

/** True if text is a configuration's, in which only Terraform knows what an expression stands for. State has an id, too. */
export function holdsExpression(text: unknown, subscription: Readonly<Record<string, unknown>>): boolean {
  return typeof text === 'string' && text.includes(EXPRESSION) && !Object.hasOwn(subscription, 'id');
}

function instancesOf(resource: unknown): readonly unknown[] {
  const instances = ownMember(resource, 'instances');
  return Array.isArray(instances) ? instances.map((instance) => ownMember(instance, 'attributes')) : [ownMember(resource, 'values')];
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
