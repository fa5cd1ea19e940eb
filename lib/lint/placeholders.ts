import { cutPlaceholders } from '../../lambda/mapping/placeholders.ts';

/** A template's paths, trimmed as hosted does, and the text around them. */
interface TemplateText {
  readonly paths: readonly string[];
  /** Those of them that stand in triple braces. */
  readonly triplePaths: readonly string[];
  readonly rest: string;
}

/** Takes a template apart as hosted does: triple braces first, then double ones. */
export function readTemplate(template: string): TemplateText {
  const triple = cutPlaceholders(template, 3);
  const double = triple.filter(isText).map((text) => cutPlaceholders(text, 2));
  const triplePaths = triple.filter(isPath);
  const paths = [...triplePaths, ...double.flatMap((parts) => parts.filter(isPath))];
  return { paths, triplePaths, rest: double.flatMap((parts) => parts.filter(isText)).join('') };
}

/** Text and paths come in turn, text first. */
function isText(_: string, index: number): boolean {
  return index % 2 === 0;
}

function isPath(_: string, index: number): boolean {
  return index % 2 === 1;
}
