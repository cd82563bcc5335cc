import { type Finding, isFinding, type Warning } from '../../protocol/snapshot.js';

/** What was found of tasks, by their ids. */
export type FindingsByTask = ReadonlyMap<string, readonly Finding[]>;

export function findingsByTask(warnings: readonly Warning[]): FindingsByTask {
  const byTask = new Map<string, Finding[]>();
  for (const finding of warnings.filter(isFinding))
    for (const task of finding.tasks) byTask.set(task, [...(byTask.get(task) ?? []), finding]);
  return byTask;
}
