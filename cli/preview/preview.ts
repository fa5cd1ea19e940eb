import type { Format } from '../input/sniff.ts';
import { EXIT } from '../io.ts';
import type { ExitStatus, Io } from '../io.ts';
import { readMappingsText, usableMappings } from '../mappings.ts';
import type { UsableMappings } from '../mappings.ts';
import { count, unbroken, visible, wrap } from '../text.ts';
import { diff } from './diff/diff.ts';
import { evaluate } from './evaluate.ts';
import { jsonReport, originOf } from './json-report.ts';
import { asOfJson, asOfText, momentOf } from './moment.ts';
import type { AsOf } from './moment.ts';
import type { Report } from './report.ts';
import { samples } from './samples.ts';
import { tallyText } from './summary-text.ts';
import { createTally } from './tally.ts';
import type { Tally, Tallying } from './tally.ts';
import { textReport } from './text-report.ts';
import { workThrough } from './work-through.ts';
import type { Visitor } from './work-through.ts';

/** What `bridge preview` is asked to do. */
export interface PreviewOptions {
  /** None: the samples. */
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
export async function preview(asked: PreviewOptions, io: Io): Promise<ExitStatus> {
  const mappings = usableMappings(readMappingsText(asked.mappings, io));
  const before = asked.diff === undefined ? undefined : usableMappings(readMappingsText(asked.diff, io));
  await warnOfLintErrors(mappings, io);
  const options = { ...asked, paths: asked.paths.length > 0 ? asked.paths : [await samples(io)] };
  if (before !== undefined) return diff({ ...options, before, after: mappings }, io);
  const tallying = createTally([...mappings.triggers.keys()]);
  await previewEach(options, mappings, tallying, io);
  const { events, fates, broken, notRead } = tallying.tally();
  return events === 0 || fates.quarantined + broken + notRead > 0 ? EXIT.foundProblems : EXIT.fine;
}

async function previewEach(options: PreviewOptions, mappings: UsableMappings, tallying: Tallying, io: Io): Promise<void> {
  const report = reportFor(options, mappings, tallying);
  const visitor: Visitor = {
    isForMachines: options.json === true,
    file: tallying.file,
    event(entry) {
      const outcome = evaluate(entry.text, mappings.mappings, momentOf(entry, options.asOf, io.now()), entry.acceptedAt);
      const repeated = tallying.event(outcome);
      return report.event({ place: entry.place, value: entry.value, outcome, repeated });
    },
    broken(entry) {
      tallying.broken(entry);
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
    summary: () => summaryText(tallying.tally(), `Mapped with ${unbroken(visible(name))}. ${asOfText(asOf)}`),
  });
}

function summaryText(tally: Tally, origin: string): string {
  return tally.events === 0 ? tallyText(tally) : `\n${tallyText(tally)}${wrap(origin, '')}\n`;
}

async function warnOfLintErrors({ name, lintErrors }: UsableMappings, io: Io): Promise<void> {
  if (lintErrors === 0) return;
  const errors = `Note: ${unbroken(name)} has ${count(lintErrors, 'lint error')} and can't be deployed like this.`;
  await io.stderr.write(`${wrap(`${errors} See: ${unbroken(`npm run bridge -- lint ${name}`)}`, '')}\n`);
}
