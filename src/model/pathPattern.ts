/**
 * The files that a pattern of `skipFiles` stands for, with forward slashes: `*` is part of a name, `**` any folders.
 * Upper and lower case are the same.
 */
export function pathPattern(glob: string): RegExp {
  const names = glob.replaceAll('\\', '/').split('/');
  const parts = names.map((name, position) => {
    const isLast = position === names.length - 1;
    if (name === '**') return isLast ? '.*' : '(?:.*/)?';
    return `${name.split('*').map(escaped).join('[^/]*')}${isLast ? '' : '/'}`;
  });
  return new RegExp(`^${parts.join('')}$`, 'i');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
