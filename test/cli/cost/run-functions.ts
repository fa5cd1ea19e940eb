import { createHmac } from 'node:crypto';

import { createForwardHandler } from '../../../lambda/forward/handler.ts';
import { createIngestHandler } from '../../../lambda/ingest/handler.ts';
import { createTelemetry } from '../../../lambda/telemetry.ts';
import { lambdaContext } from '../../../local/function/lambda-context.ts';
import { httpApiEvent } from './http-api-event.ts';
import { benchEvents } from '../../../bench/performance/events.ts';
import { sqsEvent } from '../../../bench/performance/sqs-event.ts';

/** As long as events wait for a batch: the delay's digits are a part of the log, and a fast machine's own would have fewer. */
const QUEUED_MS = 12_345;

// Runs one of the real functions once. What it writes to stdout is what CloudWatch would get.
const [name = '', secret = '', events = '1', eventBytes = '1000'] = process.argv.slice(2);
const bodies = benchEvents(Number(events), Number(eventBytes), Date.now()).map((event) => JSON.stringify(event));
const options = { environment: process.env, telemetry: createTelemetry({ service: name, stack: process.env['STACK_NAME'] }) };
const context = lambdaContext({ functionName: name, timeoutSeconds: 60 });

if (name === 'ingest') {
  const [first = ''] = bodies;
  const body = bodies.length === 1 ? first : `[${bodies.join(',')}]`;
  const headers = { 'x-signature': createHmac('sha1', secret).update(first).digest('hex'), authorization: `Bearer ${secret}` };
  const { statusCode } = await createIngestHandler(options)(httpApiEvent(body, headers), context);
  if (statusCode !== 200) throw new Error(`ingest answered ${statusCode}`);
} else {
  const { batchItemFailures } = await createForwardHandler(options)(sqsEvent(bodies, Date.now() - QUEUED_MS), context);
  if (batchItemFailures.length > 0) throw new Error(`forward gave ${batchItemFailures.length} events back`);
}
process.exit();
