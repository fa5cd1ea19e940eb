/** A function's setting is missing or unreadable: the stack and the code don't belong together. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** @throws EnvironmentError if the variable isn't set */
export function textFrom(environment: NodeJS.ProcessEnv, name: string): string {
  const text = environment[name];
  if (text === undefined || text === '') throw new EnvironmentError(`the environment variable ${name} is not set; deploy the stack again`);
  return text;
}

/** @throws EnvironmentError if the variable isn't a number */
export function numberFrom(environment: NodeJS.ProcessEnv, name: string): number {
  const number = Number(textFrom(environment, name));
  if (!Number.isFinite(number)) throw new EnvironmentError(`the environment variable ${name} is not a number; deploy the stack again`);
  return number;
}

/** @throws EnvironmentError if the variable isn't a list of numbers separated by commas */
export function numbersFrom(environment: NodeJS.ProcessEnv, name: string): readonly number[] {
  const numbers = textFrom(environment, name).split(',').map(Number);
  if (numbers.some((number) => !Number.isFinite(number))) {
    throw new EnvironmentError(`the environment variable ${name} is not a list of numbers; deploy the stack again`);
  }
  return numbers;
}
