import { packRequests, requestBody } from '../../lambda/forward/pack.ts';
import { queuedEvent } from '../../lambda/forward/record.ts';
import { route } from '../../lambda/forward/route.ts';
import { compileMappings } from '../../lambda/mapping/index.ts';
import { alternate } from './alternate.ts';
import type { Contender, Effort } from './alternate.ts';
import { benchEvents } from './events.ts';
import { answerJob } from './fresh-process.ts';
import { MAPPING_CASES } from './mapping-cases.ts';
import type { MappingCaseName } from './mapping-cases.ts';
import { mustBeSame } from './same-answer.ts';
import { sqsEvent } from './sqs-event.ts';

export interface FloorJob {
  readonly case: MappingCaseName;
  readonly eventBytes: number;
  readonly effort: Effort;
}

/** As many as go into one request to Metronome. */
const EVENTS = 100;

answerJob(async ({ case: name, eventBytes, effort }: FloorJob) => {
  const now = Date.now();
  const { definitions, expected, title } = MAPPING_CASES[name];
  const events = benchEvents(EVENTS, eventBytes, now);
  const { Records } = sqsEvent(events.map((event) => JSON.stringify(event)), now);
  const { mappings } = compileMappings(JSON.stringify({ mappings: definitions }));

  /** From the records of SQS to the bodies of the requests: all that forward does with an event before it is sent. */
  function bodies(): string[] {
    const routed = Records.map((record) => route(queuedEvent(record, now), mappings, now));
    const ready = routed.flatMap((way) => (way.kind === 'usage' ? way.usage.filter((usage) => usage.kind === 'ready') : []));
    return packRequests(ready).map(requestBody);
  }

  const sent: unknown = bodies().flatMap((body) => JSON.parse(body));
  mustBeSame(`forward, for the ${title},`, sent, events.map(expected));
  return alternate(passes(() => bodies().length), passes(() => Records.reduce((sum, { body }) => sum + JSON.stringify(JSON.parse(body)).length, 0)), effort);
});

function passes(pass: () => number): Contender {
  return {
    unitsEachTime: EVENTS,
    run(times) {
      let made = 0;
      for (let left = times; left > 0; left -= 1) made += pass();
      // Looked at, so that no compiler leaves the work out.
      if (made === 0) throw new Error('Nothing was made.');
    },
  };
}
