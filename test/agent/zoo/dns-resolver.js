// A name server that does not answer.
const dns = require('node:dns/promises');
const server = require('node:dgram').createSocket('udp4', () => probeAfter(20));
async function main() {
  const resolver = new dns.Resolver();
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  await resolver.resolve4('shop.example');
}
server.bind(0, '127.0.0.1', main);
