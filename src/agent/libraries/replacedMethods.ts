/** What stands in for a method: called in its place with the original. */
export type Stand = (original: Method, self: object, args: unknown[], hook: Method) => unknown;
export type Method = (this: unknown, ...args: never[]) => unknown;

interface Replaced {
  prototype: Record<string, unknown>;
  name: string;
  original: Method;
  stand: Method;
}

/**
 * Methods of libraries that others stand in for. These look as the original does, but for being another object, and for
 * one line more in the stacks of what fails while they are called.
 */
export class ReplacedMethods {
  private readonly replaced: Replaced[] = [];

  /** Nothing happens where there is no such method. */
  replace(prototype: Record<string, unknown>, name: string, stand: Stand): void {
    const original = prototype[name] as Method;
    if (typeof original !== 'function') return;
    const apply = (target: Method, self: object, args: unknown[]): unknown =>
      stand(target, self, args, apply);
    const made = new Proxy(original, { apply });
    prototype[name] = made;
    this.replaced.push({ prototype, name, original, stand: made });
  }

  /** What somebody else has replaced since then stays. */
  restore(): void {
    for (const { prototype, name, original, stand } of this.replaced.splice(0))
      if (prototype[name] === stand) prototype[name] = original;
  }
}
