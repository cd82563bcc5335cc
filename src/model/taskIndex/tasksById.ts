/**
 * By the ids of tasks, most of which differ at their ends alone. One map of a million would stand still for half a second
 * to grow: here those that begin alike have a map of their own.
 */
export class TasksById<T> {
  private readonly maps = new Map<string, Map<string, T>>();

  get(id: string): T | undefined {
    return this.maps.get(start(id))?.get(id);
  }

  set(id: string, value: T): void {
    const known = this.maps.get(start(id));
    if (known) known.set(id, value);
    else this.maps.set(start(id), new Map([[id, value]]));
  }

  delete(id: string): void {
    const map = this.maps.get(start(id));
    if (map?.delete(id) && map.size === 0) this.maps.delete(start(id));
  }
}

function start(id: string): string {
  return id.slice(0, -OWN);
}

/** So many characters at the end tell those that begin alike. */
const OWN = 3;
