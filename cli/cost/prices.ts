/** What a provider lists for a thing, and where that was read. */
export interface Price {
  /** What is paid for, as the tiers count it. */
  readonly unit: string;
  /** Dollars for each unit of a month, from the first on; the last tier has no end. */
  readonly tiers: readonly Tier[];
  readonly source: string;
  /** The day on which the source, or a stored copy of it, was read. */
  readonly read: string;
}

export interface Tier {
  readonly usd: number;
  /** The unit of the month with which the tier ends. */
  readonly upTo?: number;
}

const MILLION = 1_000_000;
const TB_IN_GB = 1_000;

const LAMBDA = { source: 'https://aws.amazon.com/lambda/pricing/', read: '2026-11-22' } as const;
const API_GATEWAY = { source: 'https://aws.amazon.com/api-gateway/pricing/', read: '2026-11-22' } as const;
const SQS = { source: 'https://www.factualminds.com/blog/amazon-sqs-pricing-64kb-rule-fifo-vs-standard/', read: '2026-11-22' } as const;
const CLOUDWATCH = { source: 'https://signoz.io/guides/cloudwatch-pricing', read: '2026-11-22' } as const;
const LAMBDA_LOGS = { source: 'https://www.duckbillgroup.com/?p=9080', read: '2026-11-22' } as const;
const LOG_STORAGE = { source: 'https://hykell.com/knowledge-base/aws-cloudwatch-logs-pricing', read: '2026-11-22' } as const;
const SECRETS = { source: 'https://aws.amazon.com/secrets-manager/pricing/', read: '2026-11-22' } as const;
const S3 = { source: 'https://devnotes.tech/understanding-aws-s3-pricing-a-complete-cost-breakdown-with-examples', read: '2026-11-22' } as const;
const EGRESS = { source: 'https://www.egresscost.com/aws', read: '2026-11-22' } as const;

/**
 * List prices of AWS in US East (N. Virginia), in dollars, without any free tier. A GB counts as 10^9 bytes, which is on the
 * dear side where AWS means 2^30. Not every source is AWS's own page, whose tables are filled in by scripts.
 */
export const PRICES = {
  /** 512 KB of a request's body are one unit. */
  apiRequest: { unit: 'API requests of 512 KB', tiers: [{ usd: 1 / MILLION, upTo: 300 * MILLION }, { usd: 0.9 / MILLION }], ...API_GATEWAY },
  lambdaRequest: { unit: 'function calls', tiers: [{ usd: 0.2 / MILLION }], ...LAMBDA },
  lambdaArmGbSecond: { unit: 'GB-s, arm64', tiers: [{ usd: 0.000_013_333_4 }], ...LAMBDA },
  /** 64 KB of payload are one unit. */
  sqsRequest: { unit: 'SQS requests of 64 KB', tiers: [{ usd: 0.4 / MILLION }], ...SQS },
  /** What Lambda functions write, by volume since May 2025. */
  lambdaLogGb: {
    unit: 'GB of function logs',
    tiers: [{ usd: 0.5, upTo: 10 * TB_IN_GB }, { usd: 0.25, upTo: 30 * TB_IN_GB }, { usd: 0.1, upTo: 50 * TB_IN_GB }, { usd: 0.05 }],
    ...LAMBDA_LOGS,
  },
  logGb: { unit: 'GB of other logs', tiers: [{ usd: 0.5 }], ...CLOUDWATCH },
  logStorageGbMonth: { unit: 'GB-months of logs', tiers: [{ usd: 0.03 }], ...LOG_STORAGE },
  /** A name with one set of dimension values is one metric. */
  metric: { unit: 'custom metrics', tiers: [{ usd: 0.3 }], ...CLOUDWATCH },
  /** Each metric that an alarm watches counts. */
  alarmMetric: { unit: 'metrics watched by alarms', tiers: [{ usd: 0.1 }], ...CLOUDWATCH },
  dashboard: { unit: 'dashboards', tiers: [{ usd: 3 }], ...CLOUDWATCH },
  secret: { unit: 'secrets', tiers: [{ usd: 0.4 }], ...SECRETS },
  secretCall: { unit: 'reads of secrets', tiers: [{ usd: 0.05 / 10_000 }], ...SECRETS },
  s3Put: { unit: 'S3 PUTs', tiers: [{ usd: 0.005 / 1_000 }], ...S3 },
  s3GbMonth: { unit: 'GB-months in S3', tiers: [{ usd: 0.023 }], ...S3 },
  /** Out of AWS to the internet. */
  egressGb: {
    unit: 'GB to the internet',
    tiers: [{ usd: 0.09, upTo: 10 * TB_IN_GB }, { usd: 0.085, upTo: 50 * TB_IN_GB }, { usd: 0.07, upTo: 150 * TB_IN_GB }, { usd: 0.05 }],
    ...EGRESS,
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;

/** What a month's units come to, each at the price of its tier, in dollars. */
export function usdFor({ tiers }: Price, units: number): number {
  let usd = 0;
  let counted = 0;
  for (const { usd: each, upTo = Number.POSITIVE_INFINITY } of tiers) {
    const inTier = Math.max(0, Math.min(units, upTo) - counted);
    usd += inTier * each;
    counted += inTier;
  }
  return usd;
}
