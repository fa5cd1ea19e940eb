import type { Format } from '../../input/sniff.ts';
import { EXIT } from '../../io.ts';
import type { ExitStatus, Io } from '../../io.ts';
import type { UsableMappings } from '../../mappings.ts';
import { evaluate } from '../evaluate.ts';
import { momentOf } from '../moment.ts';
import type { AsOf } from '../moment.ts';
import { workThrough } from '../work-through.ts';
import type { Visitor } from '../work-through.ts';
import { compare } from './compare.ts';
import { diffJsonReport } from './json-report.ts';
import type { DiffReport } from './report.ts';
import { createDiffTally } from './tally.ts';
import type { DiffTallying } from './tally.ts';
import { diffTextReport } from './text-report.ts';

/** Two mappings files side by side, and how to show what differs. */
interface DiffOptions {
  readonly paths: readonly string[];
  readonly format?: Format | undefined;
  readonly asOf: AsOf;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly before: UsableMappings;
  readonly after: UsableMappings;
}

/** Shows the events of which two mappings files make something else, and what. */
export async function diff(options: DiffOptions, io: Io): Promise<ExitStatus> {
  const { before, after, json, verbose } = options;
  const report = json === true ? diffJsonReport(options) : diffTextReport({ before: before.name, after: after.name }, verbose === true);
  const tallying = createDiffTally();
  await workThrough({ paths: options.paths, format: options.format }, visitorOf(options, report, tallying, io), io);
  const tally = tallying.tally();
  await io.stdout.write(report.end(tally));
  const isWorse = tally.transactionIdChanged + tally.nowQuarantined + tally.broken + tally.notRead > 0;
  return isWorse || tally.events === 0 ? EXIT.foundProblems : EXIT.fine;
}

function visitorOf({ before, after, asOf, json }: DiffOptions, report: DiffReport, tallying: DiffTallying, io: Io): Visitor {
  return {
    isForMachines: json === true,
    file: () => undefined,
    event(entry) {
      const { place, text, value, acceptedAt } = entry;
      const moment = momentOf(entry, asOf, io.now());
      const [old, outcome] = [evaluate(text, before.mappings, moment, acceptedAt), evaluate(text, after.mappings, moment, acceptedAt)];
      const changes = compare(old, outcome);
      tallying.event(changes, old, outcome);
      return changes.length === 0 ? '' : report.event({ place, value, before: old, outcome, changes });
    },
    broken(entry) {
      tallying.broken(entry);
      return report.broken(entry);
    },
  };
}
