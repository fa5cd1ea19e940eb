/** Where the action's name isn't the command's: what the AWS CLI itself calls. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'logs tail': ['logs:FilterLogEvents'],
  's3 cp': ['s3:ListBucket', 's3:GetObject'],
  'lambda wait function-updated': ['lambda:GetFunctionConfiguration'],
};

/** The IAM actions of all `aws …` commands in a page. */
export function commandRights(page: string): ReadonlySet<string> {
  const commands = [...page.matchAll(/\baws ([a-z][a-z0-9]+) ((?:wait )?[a-z][a-z0-9-]*)/g)].map(([, service = '', command = '']) => ({ service, command }));
  return new Set(commands.flatMap(({ service, command }) => ACTIONS[`${service} ${command}`] ?? [`${service}:${pascal(command)}`]));
}

/** `put-secret-value` → `PutSecretValue` */
function pascal(command: string): string {
  return command.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
