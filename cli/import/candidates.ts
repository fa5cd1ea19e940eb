import { isObject, ownMember } from '../../lambda/json-value.ts';

/** A subscription as it stands in the input, not yet looked into, and warnings about the input as a whole. */
interface Candidates {
  readonly candidates: readonly unknown[];
  readonly warnings: readonly string[];
}

const NONE: Candidates = { candidates: [], warnings: [] };
const TERRAFORM_TYPE = 'segment_destination_subscription';
/** Where answers and files of Segment's Public API and of Terraform keep what is inside. */
const WRAPPERS = ['data', 'subscriptions', 'subscription', 'values', 'root_module', 'child_modules'] as const;
const TERRAFORM_MEMBERS = ['resources', 'resource'] as const;
/** What has one of these is a subscription, whatever else it has. */
const MARKS = ['trigger', 'subscribe', 'mapping', 'actionId', 'actionSlug', 'partnerAction', 'action_id'] as const;

/**
 * Finds the subscriptions in what people have of Segment: answers of its Public API, bare subscriptions or a list, the
 * action-destinations' form, Terraform's state, its `show -json`, or its configuration as JSON.
 */
export function findCandidates(value: unknown): Candidates {
  if (Array.isArray(value)) return value.map((item) => findCandidates(item)).reduce(together, NONE);
  if (!isObject(value)) return { candidates: [value], warnings: [] };
  const has = (name: string): boolean => Object.hasOwn(value, name);
  if (MARKS.some(has) || ![...WRAPPERS, ...TERRAFORM_MEMBERS].some(has)) return { candidates: [value], warnings: [] };
  const wrapped = WRAPPERS.filter((name) => isInside(value[name])).map((name) => findCandidates(value[name]));
  const found = [...wrapped, ...terraformResources(value)].reduce(together, NONE);
  return together(found, { candidates: [], warnings: morePages(value) });
}

function isInside(value: unknown): boolean {
  return Array.isArray(value) || isObject(value);
}

/** State and `show -json` list resources of every type; configuration keeps them by type and name. */
function terraformResources(value: Readonly<Record<string, unknown>>): readonly Candidates[] {
  const listed = Array.isArray(value['resources']) ? value['resources'].filter((resource) => ownMember(resource, 'type') === TERRAFORM_TYPE) : [];
  const inState = listed.flatMap((resource) => instancesOf(resource)).map((candidate) => ({ candidates: [candidate], warnings: [] }));
  const byName = ownMember(value['resource'], TERRAFORM_TYPE);
  return isObject(byName) ? [...inState, ...Object.values(byName).map(findCandidates)] : inState;
}

function instancesOf(resource: unknown): readonly unknown[] {
  const instances = ownMember(resource, 'instances');
  return Array.isArray(instances) ? instances.map((instance) => ownMember(instance, 'attributes')) : [ownMember(resource, 'values')];
}

function morePages(value: Readonly<Record<string, unknown>>): readonly string[] {
  const next = ownMember(value['pagination'], 'next');
  if (next === undefined || next === null || next === '') return [];
  return ['this is one page of several (its pagination.next is set): fetch the others too, and import all pages as one list'];
}

function together(a: Candidates, b: Candidates): Candidates {
  return { candidates: [...a.candidates, ...b.candidates], warnings: [...a.warnings, ...b.warnings] };
}
