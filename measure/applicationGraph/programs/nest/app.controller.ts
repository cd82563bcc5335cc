import { Controller, Get, Param } from '@nestjs/common';
import { held } from '../backends.cjs';
import { AppService } from './app.service';

@Controller()
export class AppController {
  constructor(private readonly service: AppService) {}

  @Get('cart/:id')
  async cart(@Param('id') id: string): Promise<object> {
    const cart = await this.service.cartOf(id);
    return { cart };
  }

  @Get('job/:id')
  async job(@Param('id') id: string): Promise<object> {
    const job = await this.service.jobOf(id);
    return { job };
  }

  @Get('price/:id')
  async price(@Param('id') id: string): Promise<object> {
    const price = await this.service.priceOf(id);
    return { price };
  }

  @Get('stock/:id')
  async stock(@Param('id') id: string): Promise<object> {
    const stock = await this.service.stockOf(id);
    return { stock };
  }

  @Get('checkout/:id')
  async checkout(@Param('id') id: string): Promise<object> {
    const [cart, price] = await Promise.all([this.service.cartOf(id), this.service.priceOf(id)]);
    return { cart, price };
  }

  @Get('report/:id')
  async report(): Promise<object> {
    const report = await this.service.reportOf();
    return { report };
  }

  @Get('ping')
  ping(): string {
    return 'pong';
  }

  @Get('held')
  held(): Promise<object> {
    return held();
  }
}
