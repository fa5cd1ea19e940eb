/** The types of Segment events. */
export const SEGMENT_TYPES = ['track', 'page', 'identify', 'group', 'alias', 'screen', 'delete'];

/** Fields at the top of a Segment event, whichever its type (Segment's spec, and what its servers add). */
export const EVENT_FIELDS = [
  'type', 'event', 'name', 'category', 'userId', 'anonymousId', 'previousId', 'groupId', 'messageId', 'timestamp', 'originalTimestamp',
  'sentAt', 'receivedAt', 'context', 'properties', 'traits', 'integrations', 'version', 'channel', 'projectId', 'writeKey', '_metadata', 'options',
];

/** Fields that hold an object. */
export const OBJECT_FIELDS = ['context', 'properties', 'traits', 'integrations', '_metadata', 'options'];

/** Fields that hold text. */
export const TEXT_FIELDS = [
  'type', 'event', 'name', 'category', 'userId', 'anonymousId', 'previousId', 'groupId', 'messageId', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt',
  'channel', 'projectId', 'writeKey',
];

/** Times that Segment sets, as ISO text; two events may share one. */
export const TIME_PATHS = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'];
