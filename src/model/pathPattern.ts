/**
 * The files that a pattern of `skipFiles` stands for, with forward slashes: `*` is part of a name, `**` any folders.
 * Upper and lower case are the same. No pattern takes long: a regular expression would try all ways to share a path
 * among several `*`.
 */
export class PathPattern {
  private readonly names: readonly string[];

  constructor(glob: string) {
    this.names = glob.toLowerCase().replaceAll('\\', '/').split('/');
  }

  test(path: string): boolean {
    const { names } = this;
    const folders = path.toLowerCase().split('/');
    // The last `**` stands for one name at least, as in `src/**`.
    if (names.at(-1) === '**') return fits([...names, '*'], folders, ANY_FOLDERS, nameFits);
    return fits(names, folders, ANY_FOLDERS, nameFits);
  }
}

const ANY_FOLDERS = '**';
const ANY_LETTERS = '*';

function nameFits(pattern: string, name: string): boolean {
  return pattern.includes(ANY_LETTERS)
    ? fits(Array.from(pattern), Array.from(name), ANY_LETTERS, isSame)
    : pattern === name;
}

function isSame(pattern: string, letter: string): boolean {
  return pattern === letter;
}

/**
 * Whether the pattern's items fit all items; `any` stands for any number of them. Only the latest `any` is ever tried
 * with more: what was found for those before it need not be found again.
 */
function fits(
  pattern: readonly string[],
  items: readonly string[],
  any: string,
  isFit: (pattern: string, item: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let latest = -1;
  let triedTo = 0;
  while (item < items.length) {
    const wanted = pattern[at];
    if (wanted === any) {
      latest = at++;
      triedTo = item;
    } else if (wanted !== undefined && isFit(wanted, items[item] ?? '')) {
      at++;
      item++;
    } else if (latest >= 0) {
      at = latest + 1;
      item = ++triedTo;
    } else {
      return false;
    }
  }
  while (pattern[at] === any) at++;
  return at === pattern.length;
}
