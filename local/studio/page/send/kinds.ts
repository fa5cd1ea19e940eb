import type { SendRequest } from '../../api.ts';

interface Kind {
  readonly kind: SendRequest['kind'];
  readonly title: string;
  readonly help: string;
}

export const KINDS: readonly Kind[] = [
  { kind: 'single', title: 'Single', help: 'One signed event, as Segment sends it.' },
  { kind: 'batch', title: 'Batch', help: 'Three events in one request, with the endpoint token.' },
  { kind: 'bad_signature', title: 'Bad signature', help: 'Signed with another secret: it has to be refused so that Segment sends it again.' },
  { kind: 'oversize', title: 'Oversize', help: 'Larger than the bridge takes: it has to be refused for good.' },
];

export function kindTitle(wanted: SendRequest['kind']): string {
  return KINDS.find(({ kind }) => kind === wanted)?.title ?? wanted;
}
