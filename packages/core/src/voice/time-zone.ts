import type { Company } from '../ports/directory.ts'

/** Where most people of a country live that has several; IANA names. Others have the one that Unicode's data know. */
const zones: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AT: 'Europe/Vienna',
  AU: 'Australia/Sydney',
  BE: 'Europe/Brussels',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Kinshasa',
  CH: 'Europe/Zurich',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EC: 'America/Guayaquil',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FM: 'Pacific/Pohnpei',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  GL: 'America/Nuuk',
  GR: 'Europe/Athens',
  ID: 'Asia/Jakarta',
  IE: 'Europe/Dublin',
  IS: 'Atlantic/Reykjavik',
  IT: 'Europe/Rome',
  KI: 'Pacific/Tarawa',
  KZ: 'Asia/Almaty',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MA: 'Africa/Casablanca',
  MH: 'Pacific/Majuro',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PL: 'Europe/Warsaw',
  PS: 'Asia/Hebron',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  RU: 'Europe/Moscow',
  SE: 'Europe/Stockholm',
  TN: 'Africa/Tunis',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
}

/** The IANA time zone in which a company's hours are meant: its own, else its country's, else UTC. */
export const timeZoneOf = (company: Pick<Company, 'country' | 'timeZone'>): string =>
  company.timeZone ?? zoneOfCountry(company.country.toUpperCase())

const known = new Map<string, string>()

function zoneOfCountry(country: string): string {
  const zone = zones[country] ?? known.get(country) ?? onlyZoneOf(country) ?? 'UTC'
  if (/^[A-Z]{2}$/.test(country)) known.set(country, zone)
  return zone
}

/** ECMA-402's Intl Locale Info, which not every engine has. */
function onlyZoneOf(country: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(country)) return undefined
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined } = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.()?.[0]
}
