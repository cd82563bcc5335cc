/**
 * @param {number[]} figures at least one
 * @returns {number}
 */
export function mean(figures) {
  return figures.reduce((sum, each) => sum + each, 0) / figures.length;
}

/**
 * @param {number[]} figures at least one
 * @returns {number}
 */
export function median(figures) {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {number[]} figures at least one
 * @param {number} share 0.99: below which 99 of 100 lie
 * @returns {number}
 */
export function quantile(figures, share) {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length * share)];
}

/**
 * How far the figures lie apart, as a share of their median: 0.1 stands for ±10 %.
 *
 * @param {number[]} figures at least one
 * @returns {number}
 */
export function spread(figures) {
  return (Math.max(...figures) - Math.min(...figures)) / 2 / median(figures);
}
