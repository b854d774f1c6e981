import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.js';

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => socket.write(bytes));
});
let proxy: TcpProxy;
let port: number;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  proxy = await TcpProxy.before(`127.0.0.1:${port}`, { speaksKafka: true });
});
afterAll(async () => {
  await proxy.close();
  server.close();
});

const dial = async () => {
  const socket = connect(proxy.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};

describe('a proxy before a server', () => {
  it('moves bytes, holds them while it stalls, and gives them out afterwards', async () => {
    const socket = await dial();
    socket.write('one');
    expect(String((await once(socket, 'data'))[0])).toBe('one');
    proxy.set('stall');
    socket.write('two');
    const arrived: string[] = [];
    socket.on('data', (bytes) => arrived.push(String(bytes)));
    const second = await dial();
    second.write('three');
    expect(arrived).toEqual([]);
    proxy.set('pass');
    expect(String((await once(second, 'data'))[0])).toBe('three');
    expect(arrived).toEqual(['two']);
    second.destroy();
    socket.destroy();
  });

  it('ends what is open and takes nothing new while it refuses', async () => {
    const socket = await dial();
    socket.write('one');
    await once(socket, 'data');
    proxy.set('refuse');
    await once(socket, 'close');
    const late = connect(proxy.port, '127.0.0.1');
    await once(late, 'close');
    expect([socket.destroyed, late.bytesRead]).toEqual([true, 0]);
    proxy.set('pass');
  });

  it("writes its own port over the server's, where the server names itself", async () => {
    const number = (value: number): Buffer => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    };
    const socket = await dial();
    socket.write(Buffer.concat([Buffer.from('broker 127.0.0.1'), number(port), Buffer.from(' rack')]));
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes).toEqual(Buffer.concat([Buffer.from('broker 127.0.0.1'), number(proxy.port), Buffer.from(' rack')]));
    socket.destroy();
  });
});
