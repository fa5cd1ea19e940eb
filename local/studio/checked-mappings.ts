import { messageOf } from '../../lambda/error-text.ts';
import { LocalRunError } from '../local-error.ts';
import type { Report } from '../problem.ts';
import { openHotMappings } from './hot-mappings.ts';
import type { HotMappings } from './hot-mappings.ts';
import { problemsIn } from './lint-view.ts';
import type { StudioServices } from './services.ts';

/**
 * The mappings of the local run; with a linter, only what it lets pass comes to run.
 * @throws LocalRunError if the file can't be used
 */
export function openCheckedMappings(path: string, services: Pick<StudioServices, 'check'> | undefined, report: Report): HotMappings {
  const problemsOf = (text: string): readonly string[] => (services === undefined ? [] : problemsIn(services.check(text)));
  try {
    return openHotMappings({ path, problemsOf, onTrouble: (message) => report({ at: 'studio', message }) });
  } catch (error) {
    throw new LocalRunError(`The mappings file ${path} can't be used: ${messageOf(error)}`);
  }
}
