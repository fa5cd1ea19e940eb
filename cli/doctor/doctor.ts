import { messageOf } from '../../lambda/error-text.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import type { OperatorOptions } from '../operator/operator.ts';
import { AtFault } from './at-fault.ts';
import { fail, warn } from './check.ts';
import type { Check, ConfigurationContext, Finding } from './check.ts';
import { bridgeChecks, configurationChecks, credentialsChecks } from './checks.ts';
import { readConfiguration } from './configuration.ts';
import type { Open, Opened } from './opened.ts';
import { jsonLine, resultText, summaryText } from './report.ts';
import type { Result } from './report.ts';
import { Unanswered } from './unanswered.ts';

export interface DoctorOptions extends OperatorOptions {
  readonly json?: boolean | undefined;
  /** Where to knock; undefined takes the bridge's own address. */
  readonly webhook?: string | undefined;
  /** Whether an event is sent all the way; it counts as accepted, and is filtered. */
  readonly sendEvent?: boolean | undefined;
}

/** Looks at everything at once, and shows one line for each in a fixed order, whatever becomes of the others. */
export async function doctor({ json, webhook, sendEvent = false, ...options }: DoctorOptions, io: Io, open: Open): Promise<ExitStatus> {
  const configuration = readConfiguration(options, io);
  const opened = await open({ configuration, io, webhookUrl: webhook });
  const isColoured = io.stdout.isTerminal && !io.environment['NO_COLOR'];
  const results: Result[] = [];
  try {
    for (const examination of examinations({ configuration, io }, opened, sendEvent)) {
      const result = await examination;
      results.push(result);
      await io.stdout.write(json === true ? jsonLine(result) : resultText(result, isColoured));
    }
  } finally {
    opened.close();
  }
  if (json !== true) await io.stdout.write(summaryText(results));
  return results.some(({ finding }) => finding.status === 'fail') ? EXIT.foundProblems : EXIT.fine;
}

/** All begin at once. */
function examinations(context: ConfigurationContext, { finding, credentials, bridge }: Opened, sendsEvent: boolean): readonly Promise<Result>[] {
  const isLocal = context.configuration.options.local === true;
  const results = configurationChecks(isLocal).map((check) => resultOf(check, context));
  results.push(Promise.resolve({ check: isLocal ? 'local bridge' : 'stack', finding }));
  if (credentials === undefined) return results;
  results.push(...credentialsChecks().map((check) => resultOf(check, { ...context, credentials })));
  if (bridge === undefined) return results;
  results.push(...bridgeChecks(bridge, sendsEvent).map((check) => resultOf(check, { ...context, credentials, bridge })));
  return results;
}

async function resultOf<Patient>(check: Check<Patient>, patient: Patient): Promise<Result> {
  return { check: check.name, finding: await check.run(patient).catch(asFinding) };
}

/** What can't be found out says nothing of the bridge, unless that is its fault. */
function asFinding(error: unknown): Finding {
  if (error instanceof Unanswered) return warn(error.message, error.next);
  if (error instanceof AtFault) return fail(error.message, error.next);
  return fail(`The check stopped on an error of its own: ${messageOf(error)}`, 'Please report it.');
}
