import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Health, type HealthReport } from './health.js';
import { type Metrics } from './metrics.js';
import { isError } from './is-error.js';

/** Answers all paths below its prefix; for pages of operators. */
export type OperatorsHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** The small server for operators: /livez, /readyz, /metrics, and what apps mount. Apart, so that a busy public listener never hides it. */
export class OperatorsListener {
  private readonly server: Server;
  private readonly mounted = new Map<string, OperatorsHandler>();

  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {
    this.server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
      this.answer(request, response).catch((error: unknown) => response.destroy(isError(error) ? error : undefined));
    });
  }

  /** Hands requests below `/prefix` to the handler. */
  mount(prefix: string, handler: OperatorsHandler): void {
    this.mounted.set(prefix, handler);
  }

  /** The Node server, for what needs it, such as web sockets. */
  get httpServer(): Server {
    return this.server;
  }

  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, host, resolve);
    });
    return `http://${host}:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const handler = this.mounted.get(`/${path.split('/')[1] ?? ''}`);
    if (handler) handler(request, response);
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else await this.show(path, response);
  }

  private async show(path: string, response: ServerResponse): Promise<void> {
    if (path === '/livez') return sendReport(response, await this.health.live());
    if (path === '/readyz') return sendReport(response, await this.health.ready());
    const text = path === '/metrics' ? await this.metrics.text() : undefined;
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': this.metrics.registry.contentType }).end(text);
  }
}

function sendReport(response: ServerResponse, report: HealthReport): void {
  response
    .writeHead(report.ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(report));
}
