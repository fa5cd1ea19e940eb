import { ConfigError } from './config-error.ts';

/**
 * The value of a file people write.
 *
 * @throws ConfigError naming the file, if it isn't JSON, or has the byte order mark that some editors put before it
 */
export function parseJsonFile(text: string, fileName: string): unknown {
  if (text.startsWith('\uFEFF')) throw new ConfigError([`${fileName} begins with a byte order mark; save it as UTF-8 without a byte order mark`]);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError([`${fileName} is not JSON: ${error.message}`]);
  }
}
