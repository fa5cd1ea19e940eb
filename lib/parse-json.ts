import { ConfigError } from './config-error.ts';

/**
 * The value of a file people write.
 *
 * @throws ConfigError naming the file, if it isn't JSON
 */
export function parseJsonFile(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError([`${fileName} is not JSON: ${error.message}`]);
  }
}
