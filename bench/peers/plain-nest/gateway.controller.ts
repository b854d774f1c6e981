import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { type Observable } from 'rxjs';
import { MeasurementDto } from './measurement.dto.js';

export const KAFKA = 'KAFKA';
export const TOPIC = 'plain.measurements';

/** Answers once the broker has the message. */
@Controller('measurements')
export class GatewayController {
  constructor(@Inject(KAFKA) private readonly kafka: ClientKafka) {}

  @Post()
  @HttpCode(202)
  push(@Body() message: MeasurementDto): Observable<unknown> {
    return this.kafka.emit(TOPIC, { key: message.child.identifiers[0]?.value, value: message });
  }
}
