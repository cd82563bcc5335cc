import { nodesUnderTest } from '../../test/support/nodeVersions.js';
import { zooPrograms, goldenTree } from '../../test/agent/zooPrograms.js';
import { xrayProgram, zooTree } from '../../scripts/xray/zooXray.js';
async function main() {
  const [major, ...names] = process.argv.slice(2);
  const node = nodesUnderTest().find((n) => n.major === Number(major))!;
  for (const p of zooPrograms(node.major)) {
    if (names.length && !names.some((n) => p.file.startsWith(n))) continue;
    const t0 = performance.now();
    try {
      const text = await xrayProgram(
        node,
        p.path,
        ({ process, xray }) =>
          zooTree(node, p.path, process) + `\n[held ${xray.isHeld} unplaced ${xray.unplaced}]`,
      );
      console.log(`=== ${p.file} ${Math.round(performance.now() - t0)} ms`);
      console.log(text);
      console.log('--- golden\n' + goldenTree(p, node));
    } catch (e) {
      console.log(`=== ${p.file} FAILED ${e}`);
    }
  }
}
main();
