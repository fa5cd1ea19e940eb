import type { Format } from '../input/sniff.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { UsableMappings } from '../mappings.ts';
import { count, wrap } from '../text.ts';
import { diff } from './diff/diff.ts';
import { evaluate } from './evaluate.ts';
import { jsonReport, originOf } from './json-report.ts';
import { asOfJson, asOfText, momentOf } from './moment.ts';
import type { AsOf } from './moment.ts';
import type { Report } from './report.ts';
import { tallyText } from './summary-text.ts';
import { createTally } from './tally.ts';
import type { Tallying } from './tally.ts';
import { textReport } from './text-report.ts';
import { workThrough } from './work-through.ts';
import type { Visitor } from './work-through.ts';

/** What `bridge preview` is asked to do. */
export interface PreviewOptions {
  readonly paths: readonly string[];
  /** The file to map with; undefined for the one in the settings. */
  readonly mappings?: string | undefined;
  /** The file to compare with, the old one. */
  readonly diff?: string | undefined;
  readonly asOf: AsOf;
  readonly format?: Format | undefined;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/**
 * Shows what the bridge would make of events, by forward's own code; nothing is sent.
 * @throws ConfigError if the mappings can't be used
 */
export async function preview(options: PreviewOptions, io: Io): Promise<ExitStatus> {
  const mappings = usableMappings(readMappingsText(options.mappings, io));
  await warnOfLintErrors(mappings, io);
  if (options.diff !== undefined) return diff({ ...options, before: usableMappings(readMappingsText(options.diff, io)), after: mappings }, io);
  const tallying = createTally([...mappings.triggers.keys()]);
  await previewEach(options, mappings, tallying, io);
  const { events, fates, broken } = tallying.tally();
  return events === 0 || fates.quarantined > 0 || broken > 0 ? EXIT.foundProblems : EXIT.fine;
}

async function previewEach(options: PreviewOptions, mappings: UsableMappings, tallying: Tallying, io: Io): Promise<void> {
  const report = reportFor(options, mappings, tallying);
  const visitor: Visitor = {
    isForMachines: options.json === true,
    file: tallying.file,
    event({ place, text, value }) {
      const outcome = evaluate(text, mappings.mappings, momentOf(value, options.asOf, io.now()));
      tallying.event(outcome);
      return report.event({ place, value, outcome });
    },
    broken(entry) {
      tallying.broken();
      return report.broken(entry);
    },
  };
  await workThrough({ paths: options.paths, format: options.format }, visitor, io);
  await io.stdout.write(report.end());
}

function reportFor({ json, verbose, asOf }: PreviewOptions, mappings: UsableMappings, tallying: Tallying): Report {
  const { name, triggers } = mappings;
  if (json === true) return jsonReport(triggers, () => ({ ...tallying.tally(), ...originOf(mappings), asOf: asOfJson(asOf) }));
  return textReport({
    triggers,
    isVerbose: verbose === true,
    summary: () => `\n${tallyText(tallying.tally())}${wrap(`Mapped with ${name}. ${asOfText(asOf)}`, '')}\n`,
  });
}

async function warnOfLintErrors({ name, lintErrors }: UsableMappings, io: Io): Promise<void> {
  if (lintErrors === 0) return;
  await io.stderr.write(`Note: ${name} has ${count(lintErrors, 'lint error')} and can't be deployed like this. See: npm run bridge -- lint ${name}\n`);
}
