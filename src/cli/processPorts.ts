import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Ports on which a process listens, as the system tells them; none where it tells nothing. */
export function listeningPorts(pid: number, platform: NodeJS.Platform = process.platform): number[] {
  if (platform === 'linux') return portsOfProc(pid);
  if (platform === 'win32') return portsOfNetstat(output('netstat', ['-ano', '-p', 'TCP']), pid);
  return portsOfLsof(output('lsof', ['-a', '-nP', '-p', String(pid), '-iTCP', '-sTCP:LISTEN', '-Fn']));
}

/** `n127.0.0.1:9229`, `n*:3000`, `n[::1]:80`, a line each. */
export function portsOfLsof(text: string): number[] {
  return unique([...text.matchAll(/^n\S*:(\d+)\r?$/gm)].map(([, port]) => Number(port)));
}

/** `TCP  127.0.0.1:9229  0.0.0.0:0  LISTENING  4711`, whose words are those of the language of Windows. */
export function portsOfNetstat(text: string, pid: number): number[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  const own = lines.filter(([kind, , remote, , owner]) => {
    return kind === 'TCP' && owner === String(pid) && /:0$/.test(remote ?? '');
  });
  return unique(own.map(([, local = '']) => Number(local.slice(local.lastIndexOf(':') + 1))));
}

function portsOfProc(pid: number): number[] {
  const sockets = new Set<string>();
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode !== undefined) sockets.add(inode);
    } catch {
      continue; // closed in the meantime
    }
  }
  const ports: number[] = [];
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readTable(`/proc/${pid}/net/${table}`)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTENING && sockets.has(inode)) ports.push(parseInt(local.split(':')[1] ?? '', 16));
    }
  }
  return unique(ports);
}

function readTable(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1);
  } catch {
    return []; // a machine without IPv6
  }
}

/** What a program of the system prints; nothing where it fails or is not there. */
function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LIMIT_MS,
    });
  } catch {
    return '';
  }
}

function unique(ports: readonly number[]): number[] {
  return [...new Set(ports)].filter((port) => port > 0);
}

/** State of a listening socket in /proc/net/tcp. */
const LISTENING = '0A';
const LIMIT_MS = 3000;
