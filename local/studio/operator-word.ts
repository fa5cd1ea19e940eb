import { messageOf } from '../../lambda/error-text.ts';
import { writeOperatorFile } from '../operator-file.ts';
import type { OperatorFile } from '../operator-file.ts';
import type { Report } from '../problem.ts';
import type { HotMappings } from './hot-mappings.ts';

/**
 * Leaves word of the run for the operator's tool, and anew whenever other mappings come to run. The result takes it away.
 * @throws LocalRunError if the folder can't be written to at the start
 */
export function leaveWord(folder: string, file: Omit<OperatorFile, 'mappingsVersion'>, mappings: HotMappings, report: Report): () => void {
  const remove = writeOperatorFile(folder, { ...file, mappingsVersion: mappings.current().compiled.version });
  const stopWatching = mappings.watch((mappingsVersion) => {
    try {
      writeOperatorFile(folder, { ...file, mappingsVersion });
    } catch (error) {
      report({ at: 'studio', message: `${messageOf(error)} Until then the operator's tool takes other mappings for those that run.` });
    }
  });
  return () => {
    stopWatching();
    remove();
  };
}
