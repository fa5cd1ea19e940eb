/**
 * What nobody measured here or promises. Each errs on the dear side, but for the ten events that a receive is taken to bring
 * (receives.ts): the sheet has a sum without that.
 */

/** Of a month: a twelfth of a year. */
export const SECONDS_PER_MONTH = 730 * 3_600;
export const DAYS_PER_MONTH = 730 / 24;

/**
 * The memory with which a Lambda function has one whole core; with less it has as much less of it, in MB. The core is taken to be as
 * fast as the one measured on. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const MB_PER_CORE = 1_769;
/** AWS says that under 1 % of invocations have to start a container first, and bills that since August 2025. */
export const COLD_SHARE = 0.01;
/** A container is taken to live no longer than this, in seconds; an idle one is kept for minutes, a busy one for hours. */
export const CONTAINER_SECONDS = 300;

/** Waiting for eight SendMessageBatch at once, for Metronome's answer, and for the ledger's object, in milliseconds. */
export const WAIT_MS = { queue: 20, metronome: 100, ledger: 100 };

/** The pollers with which Lambda begins to read a queue; with maxConcurrency it keeps them when little comes. */
export const POLLERS = 5;
/** How long a receive waits for a first message, in seconds. */
export const LONG_POLL_SECONDS = 20;

/** CloudWatch counts so much for each line beside its text, at least against its limits, in bytes. */
export const LOG_LINE_OVERHEAD_BYTES = 26;
/** What is left of the ledger's lines by gzip. Events that were made up for measuring shrink to a tenth and less. */
export const GZIP_SHARE = 0.25;

/** Bytes to the internet beside the bodies: an answer to Segment with its headers, and the headers of a request to Metronome. */
export const ANSWER_BYTES = 250;
export const METRONOME_REQUEST_BYTES = 450;

/** How the fields of the access log look: its line is counted from the format that is deployed. */
export const ACCESS_LOG_VALUES: Readonly<Record<string, string>> = {
  '$context.requestId': 'JKJaXmPLvHcESHA=',
  '$context.requestTime': '22/Nov/2026:12:00:00 +0000',
  '$context.identity.sourceIp': '203.0.113.177',
  '$context.routeKey': 'ANY /segment',
  '$context.status': '200',
  '$context.responseLatency': '123',
  '$context.integrationLatency': '123',
  '$context.responseLength': '14',
  '$context.integrationErrorMessage': '-',
};
