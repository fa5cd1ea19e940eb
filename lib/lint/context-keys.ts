import { nearName } from './near-name.ts';

/** What Segment's libraries put into the context: https://segment.com/docs/connections/spec/common/#context */
const CONTEXT_KEYS: Readonly<Record<string, readonly string[]>> = {
  active: [],
  app: ['name', 'version', 'build', 'namespace'],
  campaign: ['name', 'source', 'medium', 'term', 'content'],
  device: ['id', 'advertisingId', 'manufacturer', 'model', 'name', 'type', 'version', 'token'],
  externalIds: [],
  groupId: [],
  ip: [],
  library: ['name', 'version'],
  locale: [],
  location: ['city', 'country', 'latitude', 'longitude', 'region', 'speed'],
  network: ['bluetooth', 'carrier', 'cellular', 'wifi'],
  os: ['name', 'version'],
  page: ['path', 'referrer', 'search', 'title', 'url'],
  referrer: ['id', 'type', 'name', 'url', 'link'],
  screen: ['density', 'height', 'width'],
  timezone: [],
  traits: [],
  userAgent: [],
  userAgentData: [],
};
/** Shorter names are within one edit of too many others. */
const MIN_CHARS = 5;

/** The keys that a path into the context was surely meant as: other letters, or one edit. Undefined when it is right or far off. */
export function nearContextKeys([root, key, member, ...more]: readonly string[]): readonly string[] | undefined {
  if (root !== 'context' || key === undefined) return undefined;
  const near = knownOrNear(key, Object.keys(CONTEXT_KEYS));
  if (near === undefined) return undefined;
  const nearMember = member === undefined ? undefined : (knownOrNear(member, CONTEXT_KEYS[near] ?? []) ?? member);
  if (near === key && nearMember === member) return undefined;
  return [root, near, ...(nearMember === undefined ? [] : [nearMember]), ...more];
}

function knownOrNear(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return key;
  const near = nearName(key, known, key.length < MIN_CHARS ? 0 : 1);
  return near === undefined || (near.length < MIN_CHARS && near.length !== key.length) ? undefined : near;
}
