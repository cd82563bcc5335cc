import { Injectable } from '@nestjs/common';
import { database, exhausted, redis, supplier } from '../backends.cjs';

declare function fetch(url: string): Promise<{ text(): Promise<string> }>;

@Injectable()
export class AppService {
  async cartOf(id: string): Promise<unknown> {
    const { rows } = await database.query('select $1::int as cart, pg_sleep(600)', [id]);
    return rows;
  }

  async jobOf(id: string): Promise<unknown> {
    const job = await redis.blpop(`jobs:${id}`, 600);
    return job;
  }

  async priceOf(id: string): Promise<string> {
    const response = await fetch(`${supplier}/price/${id}`);
    return response.text();
  }

  async stockOf(id: string): Promise<string> {
    const response = await fetch(`${supplier}/stock/${id}`);
    const stock = await response.text();
    return stock;
  }

  async reportOf(): Promise<number> {
    const client = await exhausted.connect();
    return client.processID;
  }
}
