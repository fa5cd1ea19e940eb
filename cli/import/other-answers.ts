import { isObject, ownMember } from '../../lambda/json-value.ts';

const FETCH = 'fetch https://api.segmentapis.com/destinations/<id>/subscriptions';

/** What a file is that people take for subscriptions, and the next step; undefined if it may hold some. */
export function otherAnswer(value: unknown): string | undefined {
  const errors = ownMember(value, 'errors');
  if (Array.isArray(errors)) return `it is an error that Segment's API answered${errorText(errors[0])}, not subscriptions; check $SEGMENT_API_TOKEN and the destination's id, and fetch them again`;
  const answer = ownMember(value, 'data');
  if (isObject(ownMember(answer, 'destination'))) return `it is the destination itself, without its subscriptions; ${FETCH}${idHint(ownMember(answer, 'destination'))}`;
  if (Array.isArray(ownMember(answer, 'destinations'))) return `it is a list of destinations, not of one's subscriptions; ${FETCH} for the one of Metronome`;
  if (Array.isArray(ownMember(value, 'mappings'))) return 'it is a mappings file already; check it with: npm run bridge -- lint <file>';
  return undefined;
}

/** ` (unauthorized: …)` */
function errorText(error: unknown): string {
  const words = [ownMember(error, 'type'), ownMember(error, 'message')].filter((word) => typeof word === 'string' && word !== '');
  return words.length === 0 ? '' : ` (${words.join(': ')})`;
}

function idHint(destination: unknown): string {
  const id = ownMember(destination, 'id');
  return typeof id === 'string' ? `, with the id ${id}` : '';
}
