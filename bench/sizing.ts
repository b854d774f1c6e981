/** What a run has measured of one event and one look-up. */
export interface Costs {
  /** µs of processor time for an event, by process. */
  adapter: number;
  registry: number;
  postgres: number;
  kafka: number;
  /** The same for a look-up. */
  lookUp: number;
  lookUpPostgres: number;
  /** Bytes for an event: tables with indexes, write-ahead log, message in Kafka. */
  tableBytes: number;
  walBytes: number;
  messageBytes: number;
  /** Bytes in tables and indexes of a person of whom one thing is said. */
  personBytes: number;
}

/** What nobody has measured yet: a choice of this installation, to be replaced by its own numbers. */
export interface Assumptions {
  eventsPerResidentPerYear: number;
  /** Events of the busiest hour to those of an average one. */
  peakFactor: number;
  lookUpsPerEvent: number;
  /** Look-ups of the busiest hour to those of an average one. */
  lookUpPeakFactor: number;
  /** Sources that speak of one resident: each has a record of its own. */
  recordsPerResident: number;
  /** Of the records, in the database's memory. */
  hotShare: number;
  /** How busy a processor may be in the busiest hour. */
  load: number;
  yearsKept: number;
  accessBytes: number;
  accessYears: number;
  logDays: number;
  replicas: number;
  archiveDays: number;
  baseBackups: number;
}

/**
 * The defaults. Events: 19,700 a month in a kelurahan of 45,000. Peak: the month's aid file of 4,000 rows, an hour of a change of semester with
 * 1,000 enrolments and 200 measurements of a posyandu day, all in one hour where 27 events are the average.
 */
export const ASSUMED: Assumptions = {
  eventsPerResidentPerYear: 5.25,
  peakFactor: 200,
  lookUpsPerEvent: 2,
  lookUpPeakFactor: 20,
  recordsPerResident: 4,
  hotShare: 0.2,
  load: 0.5,
  yearsKept: 10,
  accessBytes: 300,
  accessYears: 5,
  logDays: 14,
  replicas: 3,
  archiveDays: 7,
  baseBackups: 2,
};

export interface Place {
  name: string;
  residents: number;
}

const KELURAHAN = 45_000;

export const PLACES: readonly Place[] = [
  { name: 'kelurahan', residents: KELURAHAN },
  { name: 'city (×50)', residents: 50 * KELURAHAN },
  { name: 'province (×235)', residents: 235 * KELURAHAN },
  { name: 'country (280 million)', residents: 280_000_000 },
];

/** What one place needs. Rates are a second, bytes are bytes, cores are those of the computer that was measured on. */
export interface Size {
  residents: number;
  eventsPerYear: number;
  events: number;
  peakEvents: number;
  peakLookUps: number;
  adapterCores: number;
  registryCores: number;
  postgresCores: number;
  kafkaCores: number;
  database: number;
  walPerDay: number;
  kafkaDisk: number;
  backups: number;
  hotRecords: number;
}

const YEAR_S = 365 * 86_400;

export function sizeOf({ residents }: Pick<Place, 'residents'>, costs: Costs, assumed: Assumptions): Size {
  const eventsPerYear = residents * assumed.eventsPerResidentPerYear;
  const events = eventsPerYear / YEAR_S;
  const peakEvents = events * assumed.peakFactor;
  const peakLookUps = events * assumed.lookUpsPerEvent * assumed.lookUpPeakFactor;
  const cores = (eventUs: number, lookUpUs = 0): number =>
    (peakEvents * eventUs + peakLookUps * lookUpUs) / 1e6 / assumed.load;
  const records = residents * assumed.recordsPerResident * costs.personBytes;
  const access = eventsPerYear * assumed.lookUpsPerEvent * assumed.accessYears * assumed.accessBytes;
  const database = eventsPerYear * assumed.yearsKept * costs.tableBytes + records + access;
  const eventsPerDay = eventsPerYear / 365;
  const walPerDay = eventsPerDay * costs.walBytes;
  return {
    residents,
    eventsPerYear,
    events,
    peakEvents,
    peakLookUps,
    adapterCores: cores(costs.adapter),
    registryCores: cores(costs.registry, costs.lookUp),
    postgresCores: cores(costs.postgres, costs.lookUpPostgres),
    kafkaCores: cores(costs.kafka),
    database,
    walPerDay,
    kafkaDisk: eventsPerDay * assumed.logDays * costs.messageBytes * assumed.replicas,
    backups: database * assumed.baseBackups + walPerDay * assumed.archiveDays,
    hotRecords: records * assumed.hotShare,
  };
}
