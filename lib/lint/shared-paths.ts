/** What many events have in common, at the top of the event or as Segment's libraries fill the context. */
const SHARED_PATHS: ReadonlySet<string> = new Set([
  'type', 'event', 'name', 'category', 'userId', 'anonymousId', 'previousId', 'groupId', 'version', 'channel', 'projectId', 'writeKey',
  'context.groupId', 'context.ip', 'context.userAgent', 'context.locale', 'context.timezone',
]);
/** Objects of the context that describe a device, a page or a campaign, whatever is in them. */
const SHARED_CONTEXT = /^context\.(?:page|device|app|os|library|campaign|network|screen|location|referrer)(?:\.|$)/;
/** Whole objects: two events that carry the same data are one, with an id made of it. */
const WHOLE_OBJECTS: ReadonlySet<string> = new Set(['context', 'context.traits', 'traits', 'properties', 'integrations', 'options', '_metadata']);
/** Where callers put fields of their own. */
const OWN_FIELD = /^(?:properties|traits|context\.traits|context)\.(.+)$/;
/** Names, without case and punctuation, of what is a user's, a customer's or a plan's. */
const SHARED_NAMES: ReadonlySet<string> = new Set([
  'userid', 'accountid', 'customerid', 'clientid', 'tenantid', 'groupid', 'orgid', 'organizationid', 'organisationid', 'workspaceid', 'teamid', 'companyid',
  'user', 'account', 'customer', 'tenant', 'org', 'organization', 'organisation', 'workspace', 'team', 'company',
  'email', 'username', 'plan', 'planid', 'planname', 'tier', 'region', 'country', 'currency', 'locale', 'timezone', 'anonymousid',
]);
/** Names of what has many events as a rule, or just one. */
const MAYBE_SHARED_NAMES: ReadonlySet<string> = new Set([
  'sessionid', 'session', 'deviceid', 'subscriptionid', 'subscription', 'productid', 'sku', 'projectid', 'type', 'name', 'category', 'status', 'source', 'url', 'path',
]);

/** True for a path, such as `context.groupId`, whose value many events share. */
export function isShared(path: string): boolean {
  return SHARED_PATHS.has(path) || WHOLE_OBJECTS.has(path) || SHARED_CONTEXT.test(path) || SHARED_NAMES.has(ownName(path));
}

/** True for a path whose value many events share, unless only one event is sent for each. */
export function isMaybeShared(path: string): boolean {
  return MAYBE_SHARED_NAMES.has(ownName(path));
}

/** True for a path that names a whole object of the event. */
export function isWholeObject(path: string): boolean {
  return WHOLE_OBJECTS.has(path);
}

/** `properties.account.id` and `properties.account_id` are both `accountid`. */
function ownName(path: string): string {
  const [, name = ''] = OWN_FIELD.exec(path) ?? [];
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}
