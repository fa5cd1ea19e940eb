import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** A bridge to work with: a deployed stack, or the local run. */
export interface Operator {
  /** For people: `the stack SegmentMetronomeBridge`, `the local bridge (sandbox)`. */
  readonly name: string;
  readonly s3: Pick<S3Client, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  /** The mappings file, absolute: the one that the local run uses, or the project's for a stack. */
  readonly mappingsPath: string;
  /** Of the mappings that the bridge runs with, hex SHA-256; undefined for a stack from before it told. */
  readonly mappingsVersion?: string | undefined;
  /** How long its ledger keeps what was delivered or filtered; 0 keeps none of it. Undefined for such a stack, too. */
  readonly archiveDays?: number | undefined;
  /** The local run's origin; undefined for a stack. */
  readonly localUrl: string | undefined;
  /** The stack's name; none for the local run. */
  readonly stackName?: string;
  /** What the bridge's metrics carry as their dimension `stack`; none for the local run. */
  readonly metricsName?: string;
  close(): void;
}

/** Which bridge, as the command line has it. */
export interface OperatorOptions {
  readonly local?: boolean | undefined;
  /** Of the local run: sandbox or metronome; needed only if both run. */
  readonly target?: string | undefined;
  /** The stack's name; undefined for the one in the settings. */
  readonly stack?: string | undefined;
  /** Before the name of each of its outputs; undefined for none. */
  readonly prefix?: string | undefined;
}
