import { randomBytes } from 'node:crypto';

import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { mappingsIn, prepareCdkFolder } from './cdk.ts';
import { createClients } from './clients.ts';
import type { Clients } from './clients.ts';
import { functionLogs } from './function-logs.ts';
import { interruptionOf } from './interruption.ts';
import { startScriptedMetronome } from './metronome.ts';
import type { ScriptedMetronome } from './metronome.ts';
import { HELP, readOptions, STACK_PREFIX } from './options.ts';
import type { Options } from './options.ts';
import { newSecret } from './put-secret.ts';
import { createReporter, Interrupted } from './report.ts';
import type { Reporter } from './report.ts';
import type { Run } from './run-context.ts';
import { NotDeployed, NothingThere } from './step-failure.ts';
import { bootstrap } from './steps/bootstrap.ts';
import { buryAndRevive } from './steps/bury-and-revive.ts';
import { checkNothingLeft } from './steps/check-nothing-left.ts';
import { closeTheBooks } from './steps/close-the-books.ts';
import { compareQuarantine } from './steps/compare-quarantine.ts';
import { deliver } from './steps/deliver.ts';
import { deploy } from './steps/deploy.ts';
import { destroy, destroyLeft } from './steps/destroy.ts';
import type { Resource } from './steps/destroy.ts';
import { findTarget, targetText } from './steps/find-target.ts';
import type { Target } from './steps/find-target.ts';
import { reachMetronome } from './steps/reach-metronome.ts';
import { replayQuarantine } from './steps/replay-quarantine.ts';
import { rotateMetronomeToken } from './steps/rotate-metronome-token.ts';
import { rotateUnderLoad } from './steps/rotate-under-load.ts';
import { setSecrets } from './steps/set-secrets.ts';
import { surviveFaults } from './steps/survive-faults.ts';
import { traceEvent } from './steps/trace-event.ts';
import { turnStrangersAway } from './steps/turn-strangers-away.ts';

/** An emulator's queues count exactly, those of AWS are late by up to a minute. */
const PATIENCE_MS = { emulator: 90_000, aws: 5 * 60_000 };

const VERDICT = {
  good: 'The deployed bridge is as it has to be.',
  bad: 'The deployed bridge is not as it has to be: see the step marked FAIL. With --keep the stack stays there to be looked at.',
  interrupted: 'Interrupted before all was seen.',
};

/** What all of a run shares. */
interface Test {
  readonly options: Options;
  readonly target: Target;
  readonly clients: Clients;
  readonly metronome: ScriptedMetronome;
  readonly name: string;
  /** Where the CDK runs. */
  readonly folder: string;
  readonly interruption: AbortSignal;
  /** Of the steps that Ctrl-C ends. */
  readonly step: Reporter['step'];
  /** Of those that clear up. */
  readonly finalStep: Reporter['step'];
}

const write = (text: string): void => void process.stdout.write(text);
const writeError = (text: string): void => void process.stderr.write(text);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return write(HELP);
  const interruption = interruptionOf(process, writeError);
  const reporting = { write, json: options.json, now: () => performance.now() };
  const { step } = createReporter({ ...reporting, interruption });
  const { step: finalStep } = createReporter(reporting);

  const target = await step('Account', () => findTarget(process.env, options), targetText);
  const clients = createClients(target.emulator !== undefined);
  const left = options.destroy;
  if (left !== undefined) return clearUp({ name: left, options, finalStep, clients }, () => destroyLeft(left, targetText(target), clients));
  const metronome = await step('Metronome stand-in', () => startScriptedMetronome(options.metronomePort), ({ url }) => url);
  const folder = temporaryFolder();
  try {
    const name = `${STACK_PREFIX}${randomBytes(4).toString('hex')}`;
    await testStack({ options, target, clients, metronome, name, folder: folder.path, interruption, step, finalStep });
    writeError(`\n${VERDICT.good}\n`);
  } finally {
    await metronome.stop();
    folder.remove();
  }
}

async function testStack(test: Test): Promise<void> {
  const { options, target, clients, metronome, name, folder, interruption, step } = test;
  const metronomeUrl = options.metronomeUrl ?? metronome.url;
  if (options.metronomeUrl !== undefined) await step('Metronome stand-in is reached from outside', () => reachMetronome(metronomeUrl, metronome));
  prepareCdkFolder(folder);
  await step('Bootstrap', () => bootstrap(target, clients, folder, interruption), String);
  const startedAt = Date.now();
  try {
    const stack = await step('Deploy', () => deploy({ name, metronomeUrl, emulator: target.emulator, folder }, clients, interruption), () => name);
    const patienceMs = target.emulator === undefined ? PATIENCE_MS.aws : PATIENCE_MS.emulator;
    const credentials = { sharedSecret: newSecret(), endpointToken: newSecret() };
    await drive({ stack, clients, metronome, books: new Map(), mappings: mappingsIn(folder), credentials, startedAt, patienceMs }, test);
  } catch (error) {
    if (!(error instanceof Interrupted)) writeError(await functionLogs(name, clients, startedAt));
    throw error;
  } finally {
    if (options.keep) writeError(`\n${leftText(test)}\n`);
    else await clearUp(test, () => destroy(name, clients));
  }
}

/** What is done with the deployed bridge, in order: later steps count on the earlier ones. */
async function drive(run: Run, { step, options }: Test): Promise<void> {
  await step('Secrets are set', () => setSecrets(run));
  await step('Strangers are turned away', () => turnStrangersAway(run));
  await step('Events arrive', () => deliver(run), String);
  await step('Metronome fails in every way', () => surviveFaults(run), String);
  await step("Metronome's token is rotated", () => rotateMetronomeToken(run), String);
  await step('The quarantine holds what it should', () => compareQuarantine(run), String);
  await step('The quarantine is replayed', () => replayQuarantine(run), String);
  await step('A replayed event is traced', () => traceEvent(run), String);
  await step('A dead letter is revived', () => buryAndRevive(run), String);
  await step('All secrets are rotated under load', () => rotateUnderLoad(run, options.driveEvents), String);
  await step('The books are closed', () => closeTheBooks(run), String);
  await step('The quarantine still holds the rest', () => compareQuarantine(run), String);
}

async function clearUp({ name, options, clients, finalStep }: Pick<Test, 'name' | 'options' | 'clients' | 'finalStep'>, destroyAll: () => Promise<readonly Resource[]>): Promise<void> {
  try {
    const resources = await finalStep('Destroy', destroyAll, () => name);
    await finalStep('Nothing is left', () => checkNothingLeft(resources, clients), String);
  } catch (error) {
    if (!(error instanceof NothingThere)) writeError(`\n${leftText({ name, options })}\n`);
    throw error;
  }
}

function leftText({ name, options }: Pick<Test, 'name' | 'options'>): string {
  return `What was deployed as ${name} is still there. To destroy it: npm run test:deploy -- --destroy ${name}${options.yes ? ' --yes' : ''}`;
}

main().then(
  () => {
    process.exitCode = 0;
  },
  (error: unknown) => {
    const [status, message] = endOf(error);
    writeError(`${message}\n`);
    // At once: what an interrupted step was about goes on.
    process.exit(status);
  },
);

function endOf(error: unknown): readonly [status: number, message: string] {
  if (error instanceof NotDeployed) return [2, error.message];
  // Its step's line has said it.
  if (error instanceof NothingThere) return [1, ''];
  return [1, `\n${error instanceof Interrupted ? VERDICT.interrupted : VERDICT.bad}`];
}
