import { describe, expect, it } from '@jest/globals';
import { type Assumptions, type Costs, sizeOf } from './sizing.js';

const costs: Costs = {
  adapter: 100,
  registry: 200,
  postgres: 50,
  kafka: 25,
  lookUp: 400,
  lookUpPostgres: 200,
  tableBytes: 2_000,
  walBytes: 1_500,
  messageBytes: 1_000,
  personBytes: 3_000,
};
const assumed: Assumptions = {
  eventsPerResidentPerYear: 6,
  peakFactor: 100,
  lookUpsPerEvent: 2,
  lookUpPeakFactor: 10,
  recordsPerResident: 4,
  hotShare: 0.25,
  load: 0.5,
  yearsKept: 10,
  accessBytes: 300,
  accessYears: 5,
  logDays: 14,
  replicas: 3,
  archiveDays: 7,
  baseBackups: 2,
};
/** One event a second. */
const residents = (365 * 86_400) / 6;
const size = sizeOf({ residents }, costs, assumed);

describe('the size of an installation', () => {
  it('has the rates of its busiest hours', () => {
    expect(size).toMatchObject({ eventsPerYear: 31_536_000, events: 1, peakEvents: 100, peakLookUps: 20 });
  });

  it('has processors that are half busy then, with events and look-ups', () => {
    expect(size.adapterCores).toBeCloseTo(0.02);
    expect(size.registryCores).toBeCloseTo(2 * (0.02 + 0.008));
    expect(size.postgresCores).toBeCloseTo(2 * (0.005 + 0.004));
    expect(size.kafkaCores).toBeCloseTo(0.005);
  });

  it('has disks for what is kept, copied and archived', () => {
    const records = residents * 4 * 3_000;
    const database = 31_536_000 * (10 * 2_000 + 2 * 5 * 300) + records;
    expect(size.database).toBeCloseTo(database);
    expect(size.hotRecords).toBeCloseTo(records / 4);
    expect(size.walPerDay).toBe(86_400 * 1_500);
    expect(size.kafkaDisk).toBe(86_400 * 14 * 1_000 * 3);
    expect(size.backups).toBeCloseTo(2 * database + 7 * 86_400 * 1_500);
  });

  it('grows as its residents do', () => {
    const ten = sizeOf({ residents: 10 * residents }, costs, assumed);
    for (const [name, value] of Object.entries(size))
      expect([name, ten[name as keyof typeof ten] / value]).toEqual([name, expect.closeTo(10)]);
  });
});
