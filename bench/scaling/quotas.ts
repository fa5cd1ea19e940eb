/** What others allow, as the page on scaling reads it. Numbers that the code itself keeps to are in lambda/limits.ts. */

/** Tracking events a second of a workspace that Segment takes without prior arrangement: https://segment.com/docs/connections/rate-limits/ */
export const SEGMENT_EVENTS_PER_SECOND = 100_000;
/** Failed requests a second to one destination over which Segment may retry less often; the same page. */
export const SEGMENT_FAILURES_PER_SECOND = 1_000;
/** Events in one webhook, by default and at most: https://segment.com/docs/connections/destinations/catalog/actions-webhook/ */
export const SEGMENT_BATCH = { byDefault: 1_000, most: 4_000 } as const;

/**
 * Requests a second of all APIs of an account in a region, in most regions and in the smaller ones, and at once beyond that.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const API_ACCOUNT = { requestsPerSecond: 10_000, inSmallRegions: 2_500, burst: 5_000, burstInSmallRegions: 1_250 } as const;

/** Functions at once of an account in a region; a new account begins with fewer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_CONCURRENCY = { byDefault: 1_000, newAccount: 10 } as const;
/** Requests a second for each function that an account may run at once, however short they are: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export const LAMBDA_REQUESTS_PER_CONCURRENCY = 10;
/** How many more one function may run at once, every ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html */
export const LAMBDA_GROWTH_PER_TEN_SECONDS = 1_000;

/** Batches at once with which an event source begins, by how many it grows a minute: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
export const EVENT_SOURCE = { first: 5, morePerMinute: 300 } as const;

/** Objects written a second under one prefix: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html */
export const S3_PUTS_PER_SECOND = 3_500;

/** GetSecretValue calls a second: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const SECRET_READS_PER_SECOND = 10_000;

/** Where Metronome starts an account, and the most its documentation names: https://docs.metronome.com, "Usage events at scale" */
export const METRONOME_RATE = { first: 5_000, most: 110_000 } as const;
