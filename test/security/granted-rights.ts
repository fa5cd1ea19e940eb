import { listOf } from '../lib/helpers/resources.ts';

/** The actions of all policies on a page. */
export function grantedRights(page: string): readonly string[] {
  return [...page.matchAll(/^```json\n(.+?)^```/gms)].flatMap(([, json = '']) => {
    const { Statement }: { Statement: { Action: string | string[] }[] } = JSON.parse(json);
    return Statement.flatMap(({ Action }) => listOf(Action));
  });
}
