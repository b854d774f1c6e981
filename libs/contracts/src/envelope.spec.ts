import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { type Envelope, isEnvelope, isPayload, writeHead } from './envelope.js';

const envelope: Envelope = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  classification: 'specific',
  dataschema: 'urn:simpul:schema:health.growth.measured:1',
  datacontenttype: 'application/jose',
  receivedtime: '2026-11-15T13:04:02.000Z',
  recordedtime: '2026-11-15T13:03:11.000Z',
  time: '2026-11-12T02:14:00.000Z',
  subject: 'JkVzv-RT1KxEebrBUkUtz5HY8oD0WHEDasUA0v68144',
  type: 'id.simpul.health.growth.measured.v1',
  source: 'urn:simpul:source:puskesmas-tanjung-barat',
  id: 'growth-measurement/posy-rw03-2026-11-000187/1794747791000',
  specversion: '1.0',
};

describe('writeHead', () => {
  it('writes the attributes in their order, whatever the order of the object', () => {
    expect(Object.keys(JSON.parse(writeHead(envelope)) as object)).toEqual(Object.keys(envelope).toReversed());
  });

  it('gives the bytes that the known seal is tied to', () => {
    const digest = Buffer.from(hash('sha256', writeHead(envelope), 'hex'), 'hex');
    expect(digest.subarray(0, 16).toString('base64url')).toBe('2YvDsYwSw8bENGVgtpkqdg');
  });

  it('leaves out a trace that is not there', () => {
    const { traceparent: _none, ...rest } = envelope;
    expect(writeHead(rest)).not.toContain('traceparent');
    expect(isEnvelope(rest)).toBe(true);
  });
});

describe('isEnvelope', () => {
  it('takes its own writing, with data and with later attributes of text', () => {
    expect(isEnvelope(JSON.parse(writeHead(envelope)))).toBe(true);
    expect(isEnvelope({ ...envelope, sequence: '7', data: 'x.y.z' })).toBe(true);
  });

  it.each<[object]>([
    [{ specversion: '0.3' }],
    [{ id: 'growth-measurement/x' }],
    [{ source: 'urn:simpul:source:' }],
    [{ source: 'urn:simpul:source:A' }],
    [{ type: 'id.simpul.health.growth.measured' }],
    [{ subject: '3174095208249001' }],
    [{ time: '2026-11-12T02:14:00Z' }],
    [{ time: '2026-13-12T02:14:00.000Z' }],
    [{ recordedtime: 1 }],
    [{ receivedtime: undefined }],
    [{ datacontenttype: 'application/json' }],
    [{ dataschema: 'https://example.org' }],
    [{ classification: 'secret' }],
    [{ traceparent: 'x' }],
    [{ sequence: 7 }],
    [{ Upper: 'x' }],
  ])('refuses %j', (change) => {
    expect(isEnvelope(JSON.parse(JSON.stringify({ ...envelope, ...change })))).toBe(false);
  });

  it.each([[null], [[]], ['x'], [7]])('refuses %j as a whole', (value) => {
    expect(isEnvelope(value)).toBe(false);
  });
});

describe('isPayload', () => {
  const payload = { digest: '2E2DtVGd_GxmyQmEYAoK0NKD0eziAWqSKm-aBXQ9p50', data: {} };

  it('takes a digest and data, and a mapping above 1', () => {
    expect(isPayload(payload)).toBe(true);
    expect(isPayload({ ...payload, mapping: 2 })).toBe(true);
  });

  it.each([[{ mapping: 1 }], [{ data: [] }], [{ digest: 'x' }], [{ extra: 1 }]])('refuses %j', (change) => {
    expect(isPayload({ ...payload, ...change })).toBe(false);
  });
});
