import { checkMappingsText } from '../../lib/mappings-file.ts';
import { brokenJson } from '../../local/studio/broken-json.ts';
import type { CheckedText, StudioServices } from '../../local/studio/services.ts';
import type { Target } from '../../local/target.ts';
import { openOperator, withOperator } from '../operator/open-operator.ts';
import { evaluate } from '../preview/evaluate.ts';
import { withProblems } from './as-problem.ts';
import { capturedIo } from './captured-io.ts';
import type { Surroundings } from './captured-io.ts';
import { difference } from './difference.ts';
import { pastRuns } from './past.ts';
import { quarantineView } from './quarantine.ts';
import { replayView } from './replay.ts';

/** The linter knows what to say of it. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface StudioServicesOptions extends Surroundings {
  /** Shown in problems of the file. */
  readonly mappingsName: string;
  readonly target: Target['kind'];
}

/** What the operator's tool and the linter do for the studio, of the bridge that runs on BRIDGE_DATA. */
export function createStudioServices({ mappingsName, target, ...surroundings }: StudioServicesOptions): StudioServices {
  const bridge = { local: true, target };
  return {
    evaluate,
    difference,
    check: (text) => checked(text, mappingsName),
    async *past() {
      const { io } = capturedIo(surroundings);
      const operator = await openOperator(bridge, io);
      try {
        yield* pastRuns(operator, io.now());
      } finally {
        operator.close();
      }
    },
    quarantine() {
      const { io } = capturedIo(surroundings);
      return withProblems(() => withOperator(bridge, io, (operator) => quarantineView(operator, io)));
    },
    replay: (request) => withProblems(() => replayView(request, bridge, surroundings)),
  };
}

/** A person has to be told of broken JSON where to look; the linter hands on what the engine says. */
function checked(text: string, mappingsName: string): CheckedText {
  const broken = text.startsWith(BYTE_ORDER_MARK) ? undefined : brokenJson(text);
  return broken === undefined ? checkMappingsText(text, mappingsName) : { problems: [`${mappingsName}: ${broken}`], findings: [] };
}
