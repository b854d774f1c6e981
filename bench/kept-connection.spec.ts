import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KeptConnection } from './kept-connection.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function urlOf(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a kept connection', () => {
  it('asks again and again on one socket, with its headers, and reads each answer whole', async () => {
    const sockets = new Set<unknown>();
    const url = await urlOf(
      createServer((request, response) => {
        sockets.add(request.socket);
        void text(request).then((body) => {
          const answer = `${request.url} ${request.headers.authorization} ${body} ${'é'.repeat(100_000)}`;
          response.writeHead(201, { 'content-length': Buffer.byteLength(answer) }).end(answer);
        });
      }),
    );
    const connection = await KeptConnection.open(url, { authorization: 'Bearer x' });
    for (const body of ['first', 'sécond']) {
      const answer = await connection.post('/there', body);
      expect(answer).toEqual({ status: 201, body: `/there Bearer x ${body} ${'é'.repeat(100_000)}` });
    }
    expect(sockets.size).toBe(1);
    connection.close();
  });

  it('reads an answer that comes in pieces, cut inside its head', async () => {
    const url = await urlOf(
      createTcpServer((socket) => {
        socket.setNoDelay(true);
        socket.once('data', () => {
          socket.write('HTTP/1.1 404 Not Found\r\nContent-Le');
          setImmediate(() => socket.write('ngth: 4\r\n\r\nno'));
          setTimeout(() => socket.write('pe'), 5);
        });
      }),
    );
    const connection = await KeptConnection.open(url, {});
    expect(await connection.post('/', '{}')).toEqual({ status: 404, body: 'nope' });
    connection.close();
  });

  it('fails when the server hangs up', async () => {
    const url = await urlOf(createTcpServer((socket) => socket.once('data', () => socket.destroy())));
    const connection = await KeptConnection.open(url, {});
    await expect(connection.post('/', '{}')).rejects.toThrow('the server closed the connection');
  });
});
