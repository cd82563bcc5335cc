import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { finish } from './finish.mjs';
import { freePort, untilOpen } from './ports.mjs';

const POSTGRES_FOLDER = '/usr/lib/postgresql';
const START_MS = 30_000;

/**
 * The servers that programs talk to. Each is started once, on a loopback port of its own with its data in a
 * temporary folder, and taken away at the end.
 */
export class Services {
  #started = new Map();
  #starters = { postgres: startPostgres, redis: startRedis, mysql: startMysql };

  /**
   * @param {'postgres' | 'redis' | 'mysql'} name
   * @returns {Promise<{ url: string, reset(): Promise<void>, stop(): Promise<void> }>} rejects, saying what to install, where it is missing
   */
  start(name) {
    if (!this.#started.has(name)) this.#started.set(name, this.#starters[name]());
    return this.#started.get(name);
  }

  async stop() {
    for (const result of await Promise.allSettled(this.#started.values()))
      if (result.status === 'fulfilled') await result.value.stop();
  }
}

async function startPostgres() {
  const binaries = [];
  if (existsSync(POSTGRES_FOLDER))
    for (const version of readdirSync(POSTGRES_FOLDER)) binaries.push(join(POSTGRES_FOLDER, version, 'bin'));
  const initdb = installed('initdb', 'postgresql', binaries);
  const postgres = installed('postgres', 'postgresql', binaries);
  const folder = mkdtempSync(join(tmpdir(), 'compat-postgres-'));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? unprivileged() : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = await finish(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8'], {
    ...user,
    cwd: folder,
  });
  if (made.code !== 0) throw new Error(`initdb failed:\n${made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const stop = await startServer(postgres, args, { ...user, cwd: folder }, port, folder);
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, reset: async () => {}, stop };
}

async function startRedis() {
  const redis = installed('redis-server', 'redis-server', []);
  const folder = mkdtempSync(join(tmpdir(), 'compat-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const stop = await startServer(redis, args, { cwd: folder }, port, folder);
  return { url: `redis://127.0.0.1:${port}`, reset: () => flush(port), stop };
}

/** MariaDB, which speaks MySQL's protocol. */
async function startMysql() {
  const install = installed('mariadb-install-db', 'mariadb-server', ['/usr/bin']);
  const server = installed('mariadbd', 'mariadb-server', ['/usr/sbin']);
  const folder = mkdtempSync(join(tmpdir(), 'compat-mysql-'));
  // it refuses to run as root, too
  const user = process.getuid?.() === 0 ? unprivileged() : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = await finish(
    install,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { ...user, cwd: folder },
  );
  if (made.code !== 0) throw new Error(`mariadb-install-db failed:\n${made.stdout}${made.stderr}`);
  const port = await freePort();
  const settings = [`datadir=${data}`, `port=${port}`, `socket=${join(folder, 'socket')}`];
  const args = [
    ...settings,
    'bind-address=127.0.0.1',
    `pid-file=${join(folder, 'pid')}`,
    'max-connections=400',
  ];
  const stop = await startServer(
    server,
    ['--no-defaults', '--skip-grant-tables', '--skip-networking=0', ...args.map((text) => `--${text}`)],
    { ...user, cwd: folder },
    port,
    folder,
    'SIGTERM',
  );
  return { url: `mysql://root@127.0.0.1:${port}/mysql`, reset: async () => {}, stop };
}

/** Starts a server and waits until it answers. Resolves with what stops it and removes its folder. */
async function startServer(command, args, options, port, folder, signal = 'SIGINT') {
  const child = spawn(command, args, { ...options, stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const given = AbortSignal.any([AbortSignal.timeout(START_MS), aborted(ended)]);
  await untilOpen(port, given).catch(() => {
    child.kill('SIGKILL');
    throw new Error(`${command} did not start`);
  });
  return async () => {
    child.kill(signal);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

function aborted(promise) {
  const controller = new AbortController();
  void promise.then(() => controller.abort());
  return controller.signal;
}

/** Forgets every key, so that each run finds an empty server. */
function flush(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('FLUSHALL\r\n'));
    socket.once('error', reject);
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
  });
}

function installed(command, debianPackage, folders) {
  for (const folder of [...folders, ...(process.env.PATH ?? '').split(delimiter)]) {
    const path = join(folder, command);
    if (existsSync(path)) return path;
  }
  throw new Error(`${command} is missing: install it with "apt-get install ${debianPackage}"`);
}

function unprivileged() {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // there is no such user here
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody');
}
