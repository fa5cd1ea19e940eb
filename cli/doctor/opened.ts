import type { Io } from '../io.ts';
import type { Bridge, Credentials } from './bridge.ts';
import type { Finding } from './check.ts';
import type { Configuration } from './configuration.ts';

/** What was found of the bridge: all of it, or as much as can be known without it. */
export interface Opened {
  readonly finding: Finding;
  readonly credentials?: Credentials;
  readonly bridge?: Bridge;
  readonly close: () => void;
}

/** Which bridge. */
export interface Chosen {
  readonly configuration: Configuration;
  readonly io: Io;
  /** Undefined takes the one that the bridge tells. */
  readonly webhookUrl: string | undefined;
}

/** @throws UsageError for options that exclude each other, or aren't enough */
export type Open = (chosen: Chosen) => Promise<Opened>;
