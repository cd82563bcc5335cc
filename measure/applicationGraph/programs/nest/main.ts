import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { begin } from '../backends.cjs';
import { AppController } from './app.controller';
import { AppService } from './app.service';

declare const process: { env: Record<string, string | undefined> };

@Module({ controllers: [AppController], providers: [AppService] })
class AppModule {}

async function bootstrap(): Promise<void> {
  await begin();
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  await app.listen(Number(process.env.PORT), '127.0.0.1');
}

void bootstrap();
