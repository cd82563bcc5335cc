import { setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

interface Question {
  id: number;
  article: string;
}

async function answer({ id, article }: Question): Promise<void> {
  const price = await lookUp(article);
  parentPort?.postMessage({ id, price });
}

async function lookUp(article: string): Promise<number> {
  await delay(150);
  return article.length * 9.9;
}

parentPort?.on('message', (question: Question) => void answer(question));
