import { loadConfig, ProcessConfig, runProcess } from '@simpul/process';
import { IssuerModule } from './issuer.module.js';

await runProcess({ name: 'issuer', module: IssuerModule, config: loadConfig(ProcessConfig) });
