import type { Task } from '../../protocol/snapshot.js';

/** An async function, generator or module: what people call a task. */
export function isFunctionTask(task: Task): boolean {
  return task.kind === 'asyncFunction' || task.kind === 'generator' || task.kind === 'module';
}

/** The result of a `then` or a bare promise: at the top of a tree it says little. */
export function isPlumbing(task: Task): boolean {
  return task.kind === 'promise' && (task.type.startsWith('.') || task.type === 'promise');
}

export function isOperation(task: Task): boolean {
  return task.kind === 'timer' || task.kind === 'operation' || task.kind === 'handle';
}

/** A request that an HTTP server is answering: what its handler begins stands below it. */
export function isRequest(task: Task): boolean {
  return task.type === 'HTTPSERVERREQUEST';
}

/** A test of a test runner: what it begins stands below it. */
export function isTest(task: Task): boolean {
  return task.type === 'Test';
}

/** What is begun for it stands below it. */
export function isOrigin(task: Task): boolean {
  return isRequest(task) || isTest(task);
}

/** It is over and stays in view for a while, with its result. */
export function isEnded(task: Task): boolean {
  return task.state === 'fulfilled' || task.state === 'rejected';
}
