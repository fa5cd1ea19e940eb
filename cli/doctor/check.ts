import type { Io } from '../io.ts';
import type { Bridge, Credentials } from './bridge.ts';
import type { Configuration } from './configuration.ts';

/** What a check found. All that isn't ok says what to do. */
export type Finding = { readonly status: 'ok'; readonly message: string } | { readonly status: 'warn' | 'fail'; readonly message: string; readonly next: string };

/** One thing that the doctor looks at; equal in shape to all others. */
export interface Check<Patient> {
  /** At the beginning of its line, and in the JSON. */
  readonly name: string;
  /** @throws Unanswered if it can't be found out */
  run(patient: Patient): Promise<Finding>;
}

/** What can be looked at without any bridge. */
export interface ConfigurationContext {
  readonly io: Io;
  readonly configuration: Configuration;
}

/** What can be looked at as soon as it is known which secrets count. */
export interface CredentialsContext extends ConfigurationContext {
  readonly credentials: Credentials;
}

/** A bridge that is there, deployed or on this machine. */
export interface BridgeContext extends CredentialsContext {
  readonly bridge: Bridge;
}

export function ok(message: string): Finding {
  return { status: 'ok', message };
}

/** Worth a look; nothing is lost by it. */
export function warn(message: string, next: string): Finding {
  return { status: 'warn', message, next };
}

/** Wrong: events are not accepted, not billed, or will not be. */
export function fail(message: string, next: string): Finding {
  return { status: 'fail', message, next };
}
