import { isObject, ownMember } from '../../lambda/json-value.ts';
import { isTerraformMember, terraformSubscriptions } from './terraform.ts';

/** Where in a list that Segment gives in pages a file stands; cursors, as its `pagination` has them. */
export interface Page {
  readonly current: unknown;
  readonly next: unknown;
}

/** Subscriptions as they stand in the input, not yet looked into. */
interface Candidates {
  readonly candidates: readonly unknown[];
  readonly pages: readonly Page[];
}

const NONE: Candidates = { candidates: [], pages: [] };
/** Where answers and files of Segment's Public API and of Terraform keep what is inside. */
const WRAPPERS = ['data', 'subscriptions', 'subscription', 'values', 'root_module', 'child_modules'] as const;
/** What has one of these is a subscription, whatever else it has. */
const MARKS = ['trigger', 'subscribe', 'mapping', 'actionId', 'actionSlug', 'partnerAction', 'action_id'] as const;

/**
 * Finds the subscriptions in what people have of Segment: answers of its Public API, bare subscriptions or a list, the
 * action-destinations' form, Terraform's state, its `show -json`, or its configuration as JSON.
 */
export function findCandidates(value: unknown): Candidates {
  if (Array.isArray(value)) return value.map((item) => findCandidates(item)).reduce(together, NONE);
  if (!isObject(value)) return { candidates: [value], pages: [] };
  const has = (name: string): boolean => Object.hasOwn(value, name);
  const isWrapper = WRAPPERS.some(has) || isTerraformMember(value);
  if (MARKS.some(has) || !isWrapper) return { candidates: [value], pages: [] };
  const wrapped = WRAPPERS.filter((name) => isInside(value[name])).map((name) => findCandidates(value[name]));
  return [...wrapped, { candidates: terraformSubscriptions(value), pages: pagesOf(value) }].reduce(together, NONE);
}

function isInside(value: unknown): boolean {
  return Array.isArray(value) || isObject(value);
}

function pagesOf({ pagination }: Readonly<Record<string, unknown>>): readonly Page[] {
  return isObject(pagination) ? [{ current: ownMember(pagination, 'current'), next: ownMember(pagination, 'next') }] : [];
}

function together(a: Candidates, b: Candidates): Candidates {
  return { candidates: [...a.candidates, ...b.candidates], pages: [...a.pages, ...b.pages] };
}
