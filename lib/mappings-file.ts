import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { ConfigError } from './config-error.ts';
import { errorCode } from './error-code.ts';
import { formatFinding, lintMappings } from './lint/index.ts';
import type { Finding } from './lint/index.ts';
import { duplicateProblems, nameProblems, roundingProblems, shapeProblems } from './mappings-problems.ts';
import { MAPPINGS_SCHEMA } from './mappings-schema.ts';
import type { MappingDefinition } from './mappings-schema.ts';
import { parseJsonFile } from './parse-json.ts';

export interface MappingsFile {
  readonly path: string;
  /** Hex SHA-256 of the file's bytes. The forward function refuses a file that hashes differently. */
  readonly version: string;
  readonly mappings: readonly MappingDefinition[];
  /** What the linter found and let pass: warnings, and errors that are acknowledged. */
  readonly findings: readonly Finding[];
}

/** A mappings file as far as it can be read. */
interface CheckedMappings {
  /** None when the file hasn't the shape of one. */
  readonly mappings: readonly MappingDefinition[];
  /** What isn't JSON, has the wrong shape, or a key or a name twice: each names the file, the place in it and what was expected. */
  readonly problems: readonly string[];
  readonly findings: readonly Finding[];
}

/** @throws ConfigError if the file can't be read, or with every problem in it and every error the linter finds, unless acknowledged */
export function readMappingsFile(path: string): MappingsFile {
  const bytes = readBytes(path);
  // The function hashes the text it decodes: only for UTF-8 are its bytes these bytes.
  if (!isUtf8(bytes)) throw new ConfigError([`${path} is not UTF-8; save it as UTF-8`]);
  const { mappings, problems, findings } = checkMappingsText(bytes.toString('utf8'), path);
  const errors = findings.filter(stopsDeployment).map((finding) => formatFinding(finding, path));
  if (problems.length + errors.length > 0) throw new ConfigError([...problems, ...errors]);
  return { path, version: createHash('sha256').update(bytes).digest('hex'), mappings, findings };
}

/** Checks the text of a mappings file: its shape, and with the linter what its enabled mappings do. Never throws for its content. */
export function checkMappingsText(fileText: string, fileName: string): CheckedMappings {
  const { value, problem } = parseText(fileText, fileName);
  if (problem !== undefined) return { mappings: [], problems: [problem], findings: [] };
  const parsed = MAPPINGS_SCHEMA.safeParse(value);
  const mappings = parsed.data?.mappings ?? [];
  const shape = parsed.error?.issues.flatMap((issue) => shapeProblems(issue, value)) ?? nameProblems(mappings);
  const problems = [...duplicateProblems(fileText), ...roundingProblems(fileText), ...shape].map((text) => `${fileName}: ${text}`);
  return { mappings, problems, findings: lintMappings(mappings) };
}

/** What is shown and stops nothing: warnings, and a line for each error that is acknowledged, so that nobody forgets it. */
export function warningsOf({ path, findings }: MappingsFile): readonly string[] {
  return findings.flatMap((finding) => {
    if (!finding.acknowledged) return [formatFinding(finding, path)];
    return finding.severity === 'error' ? [`${path}: acknowledged: ${finding.rule}, ${JSON.stringify(finding.mapping)}`] : [];
  });
}

function stopsDeployment({ severity, acknowledged }: Finding): boolean {
  return severity === 'error' && !acknowledged;
}

function parseText(fileText: string, fileName: string): { readonly value?: unknown; readonly problem?: string } {
  try {
    return { value: parseJsonFile(fileText, fileName) };
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message };
    throw error;
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ConfigError([`the mappings file ${path} can't be read (${errorCode(error)}); create it, or point the setting "mappings" at it`]);
  }
}
