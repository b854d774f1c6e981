import { type LogLevel } from './log.js';
import { OperatorsPort, PublicPort } from './port-setting.js';
import { Setting } from './setting.js';

/** What runProcess needs to know. An app's own configuration has fields of these names too. */
export interface ListenerSettings {
  host: string;
  publicPort: number;
  operatorsHost?: string;
  operatorsPort: number;
  issuerUrl: string;
  audience: string;
  logLevel?: LogLevel;
}

/** The settings that every process has. */
export class ProcessConfig implements ListenerSettings {
  @Setting({
    env: 'HOST',
    default: '127.0.0.1',
    en: 'Address of the public listener',
    id: 'Alamat untuk pendengar publik',
  })
  host: string;

  @PublicPort(3000)
  publicPort: number;

  @Setting({
    env: 'OPERATORS_HOST',
    default: '127.0.0.1',
    en: "Address of the operators' listener",
    id: 'Alamat pendengar operator',
  })
  operatorsHost: string;

  @OperatorsPort(3001)
  operatorsPort: number;

  @Setting({
    env: 'ISSUER_URL',
    default: 'http://127.0.0.1:3000/issuer',
    en: 'Issuer of the access tokens, exactly as in the tokens',
    id: 'Penerbit token akses, persis seperti di dalam token',
  })
  issuerUrl: string;

  @Setting({
    env: 'AUDIENCE',
    default: 'urn:simpul:hub',
    en: 'Audience that an access token must name',
    id: 'Audiens yang harus disebut token akses',
  })
  audience: string;

  @Setting({
    env: 'LOG_LEVEL',
    default: 'info',
    pattern: /^(?:debug|info|warn|error|silent)$/,
    en: 'Least important lines of the log: debug, info, warn, error or silent',
    id: 'Baris log paling rendah: debug, info, warn, error, atau silent',
  })
  logLevel: LogLevel;
}
