import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { AppService } from './app.service';

@Controller()
export class AppController {
  constructor(private readonly appService: AppService) {}

  @Get()
  getHello(): string {
    return this.appService.getHello();
  }

  @Get('cats/:id')
  async getCat(@Param('id') id: string): Promise<object> {
    if (id !== '1') throw new NotFoundException();
    return { id };
  }
}
