import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PROGRAMS = join(import.meta.dirname, 'programs');

/**
 * A server program with the routes, and the lines at which their requests are suspended: the handler's own first,
 * then those below it. A line is told by a text that no other line of its file holds.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {string} package  whose version is told
 * @property {string[]} [build] arguments of a Node command that has to run before
 * @property {string} main     below this folder's programs
 * @property {Record<string, [file: string, text: string][]>} awaits by route
 */

const FASTIFY = 'fastify.mjs';
const CONTROLLER = 'nest/app.controller.ts';
const SERVICE = 'nest/app.service.ts';
const FETCH_PRICE = 'await fetch(`${supplier}/price/${id}`)';

/** @type {Server[]} */
export const SERVERS = [
  {
    name: 'fastify',
    package: 'fastify',
    main: FASTIFY,
    awaits: {
      cart: [
        [FASTIFY, 'await cartOf('],
        [FASTIFY, 'await database.query('],
      ],
      job: [[FASTIFY, 'await redis.blpop(']],
      price: [
        [FASTIFY, 'await priceOf('],
        [FASTIFY, FETCH_PRICE],
      ],
      stock: [[FASTIFY, 'await response.text()']],
      checkout: [
        [FASTIFY, 'await Promise.all('],
        [FASTIFY, 'await database.query('],
        [FASTIFY, FETCH_PRICE],
      ],
      report: [[FASTIFY, 'await exhausted.connect()']],
      order: [[FASTIFY, 'await sql.query(']],
      session: [[FASTIFY, 'await sessionOf(']],
    },
  },
  {
    name: 'nest',
    package: '@nestjs/core',
    build: ['node_modules/typescript/bin/tsc', '-p', 'applicationGraph/nest'],
    main: 'nestDist/main.js',
    awaits: {
      cart: [
        [CONTROLLER, 'await this.service.cartOf('],
        [SERVICE, 'await database.query('],
      ],
      job: [
        [CONTROLLER, 'await this.service.jobOf('],
        [SERVICE, 'await redis.blpop('],
      ],
      price: [
        [CONTROLLER, 'await this.service.priceOf('],
        [SERVICE, FETCH_PRICE],
      ],
      stock: [
        [CONTROLLER, 'await this.service.stockOf('],
        [SERVICE, 'await response.text()'],
      ],
      checkout: [
        [CONTROLLER, 'await Promise.all('],
        [SERVICE, 'await database.query('],
        [SERVICE, FETCH_PRICE],
      ],
      report: [
        [CONTROLLER, 'await this.service.reportOf('],
        [SERVICE, 'await exhausted.connect()'],
      ],
    },
  },
];

/**
 * @param {Server} server
 * @param {string} route
 * @returns {string[]} `file:line`, below this folder's programs
 */
export function awaitPlaces(server, route) {
  return server.awaits[route].map(([file, text]) => `${file}:${lineOf(file, text)}`);
}

function lineOf(file, text) {
  const lines = readFileSync(join(PROGRAMS, file), 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  if (found.length === 1) return found[0];
  throw new Error(`${file} has ${found.length} lines with "${text}": there has to be one`);
}
