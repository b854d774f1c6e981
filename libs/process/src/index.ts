export { Limits, type RouteLimits } from './body-rules.js';
export { languageOf } from './accept-language.js';
export { type AppModule, type AppOptions, createApp } from './create-app.js';
export { crashPoint } from './crash-point.js';
export { type ApiTexts, describeApi } from './describe-api.js';
export { Health, type Finding, type HealthCheck, type HealthReport } from './health.js';
export { developmentKey, keyBytes } from './key-file.js';
export { type Environment, isProduction, loadConfig } from './load-config.js';
export { Log, type LogFields, type LogLevel, type LogOptions } from './log.js';
export { Metrics } from './metrics.js';
export { type OperatorsHandler } from './operators-listener.js';
export { OperatorsPort, PublicPort } from './port-setting.js';
export { type ListenerSettings, ProcessConfig } from './process-config.js';
export { Recurring } from './recurring.js';
export { type CurrentRequest, currentRequest } from './request-context.js';
export { type ProcessOptions, runProcess, type RunningProcess } from './run-process.js';
export { type ApiDescription, APIS_PATH } from './api-page.js';
export {
  type ConfigClass,
  Setting,
  type SettingInfo,
  type SettingKind,
  type SettingOptions,
  settingsOf,
} from './setting.js';
export { readStrictJson } from './strict-json.js';
export { codeBlock, type Crumb, DOCS, escapeHtml, linkTo, twoLanguagePage } from './two-language-page.js';
export { toProblemError } from './to-problem-error.js';
