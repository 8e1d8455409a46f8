import { cpus } from 'node:os'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { isNetwork, smtpMistakes } from '@vaxel/connect'
import { type LimitSettings, readLimits } from './read-limits.ts'

/** One setting: where its value comes from and what it means. docs/reference/configuration.md is checked against this table. */
export interface Setting {
  readonly variable: string
  /** Key in the configuration file. */
  readonly key: string
  readonly fallback: string
  /** Meaning, with unit and limits. */
  readonly meaning: string
}

/** Every setting of the server, in the order of the documentation. */
export const settings = [
  { variable: 'VAXEL_DATA', key: 'data', fallback: './data', meaning: 'Folder for the database, recordings and keys.' },
  {
    variable: 'VAXEL_DATABASE_URL',
    key: 'databaseUrl',
    fallback: 'a file in the data folder',
    meaning:
      'PostgreSQL 15 or later as the database, `postgres://user:password@host:port/name`, for this server alone.',
  },
  {
    variable: 'VAXEL_JOURNAL',
    key: 'journal',
    fallback: 'the data folder',
    meaning:
      'Folder for the journal that takes what the database cannot (full disk, PostgreSQL gone). On another disk than the data folder, calls also go on when that one is read-only.',
  },
  {
    variable: 'VAXEL_JOURNAL_SIZE',
    key: 'journalSize',
    fallback: '16',
    meaning: 'Space that is set aside for the journal at start, in MiB, 1 to 1024. 16 are enough for some 5,000 calls.',
  },
  {
    variable: 'VAXEL_DISK_WARNING',
    key: 'diskWarning',
    fallback: '4',
    meaning: 'Free space on the disks of data and journal, in GB, below which health and overview warn; 0 to 10000.',
  },
  {
    variable: 'VAXEL_BIND',
    key: 'bind',
    fallback: 'loopback until an administrator exists, then ::',
    meaning: 'Address to listen on; `::` takes both families.',
  },
  {
    variable: 'VAXEL_PUBLIC_ADDRESS',
    key: 'publicAddress',
    fallback: 'the local address that routes to that peer',
    meaning: 'Address put into SDP, Contact and candidates; set it behind NAT.',
  },
  {
    variable: 'VAXEL_HTTP_PORT',
    key: 'httpPort',
    fallback: '8080',
    meaning: 'Web over HTTP; redirects to HTTPS except on loopback. 80 where the process may bind it.',
  },
  {
    variable: 'VAXEL_HTTPS_PORT',
    key: 'httpsPort',
    fallback: '8443',
    meaning: 'Web over HTTPS, and SIP over secure WebSocket at /sip. 443 where the process may bind it.',
  },
  { variable: 'VAXEL_SIP_PORT', key: 'sipPort', fallback: '5060', meaning: 'SIP over UDP and TCP.' },
  { variable: 'VAXEL_SIPS_PORT', key: 'sipsPort', fallback: '5061', meaning: 'SIP over TLS.' },
  {
    variable: 'VAXEL_STUN_PORT',
    key: 'stunPort',
    fallback: '3478',
    meaning: 'STUN and TURN over UDP and TCP. TURN over TLS is on the HTTPS port.',
  },
  {
    variable: 'VAXEL_MEDIA_PORT',
    key: 'mediaPort',
    fallback: '5004',
    meaning: 'The one UDP port for browsers and every other ICE client.',
  },
  {
    variable: 'VAXEL_MEDIA_PORTS',
    key: 'mediaPorts',
    fallback: '49152-65535',
    meaning: 'UDP range for phones and trunks without ICE.',
  },
  {
    variable: 'VAXEL_FTPS_PORT',
    key: 'ftpsPort',
    fallback: 'none: off',
    meaning: 'Recordings over FTPS, TLS after AUTH TLS; 21 where the process may bind it. See [ftps.md](../ftps.md).',
  },
  {
    variable: 'VAXEL_FTPS_IMPLICIT_PORT',
    key: 'ftpsImplicitPort',
    fallback: 'none: off',
    meaning: 'The same with TLS from the first byte; 990 where the process may bind it.',
  },
  {
    variable: 'VAXEL_FTPS_PASSIVE_PORTS',
    key: 'ftpsPassivePorts',
    fallback: '30000-30999',
    meaning: 'TCP range for transfers of FTPS; each transfer has one port as long as it lasts.',
  },
  {
    variable: 'VAXEL_MEDIA_DRAIN',
    key: 'mediaDrain',
    fallback: '5',
    meaning: 'Seconds that a port of the range rests after its call, so that late packets reach nobody else; 1 to 600.',
  },
  {
    variable: 'VAXEL_MEDIA_WORKERS',
    key: 'mediaWorkers',
    fallback: 'processors less one',
    meaning: 'Media threads, 1 to 64.',
  },
  {
    variable: 'VAXEL_MEDIA_TIMEOUT',
    key: 'mediaTimeout',
    fallback: '60',
    meaning:
      'Seconds without audio or RTCP from a peer that had sent some, after which its call ends; 10 to 3600. Ten minutes at least where it said by comfort noise that it pauses.',
  },
  {
    variable: 'VAXEL_RECONNECT',
    key: 'reconnect',
    fallback: '30',
    meaning:
      'Seconds that a browser whose page or network is gone is waited for, before its call ends; 5 to 300. The other side hears a soft tone meanwhile.',
  },
  {
    variable: 'VAXEL_MAX_CALLS',
    key: 'maxCalls',
    fallback: '5000',
    meaning: 'Calls at once, before new ones get 503; emergency calls still pass.',
  },
  {
    variable: 'VAXEL_DRAIN_LIMIT',
    key: 'drainLimit',
    fallback: '600',
    meaning:
      'Seconds that a drain (SIGUSR2, `vaxel drain`) waits for calls to end before it ends those that are left; 1 to 86400.',
  },
  {
    variable: 'VAXEL_SMTP_URL',
    key: 'smtpUrl',
    fallback: 'none: mails wait',
    meaning:
      'Mail server that takes what the platform sends: `smtp://user:password@host:587` (TLS by STARTTLS, never a password without) or `smtps://…:465`.',
  },
  {
    variable: 'VAXEL_MAIL_FROM',
    key: 'mailFrom',
    fallback: 'none; needed with VAXEL_SMTP_URL',
    meaning: 'Address that mails of the platform come from.',
  },
  {
    variable: 'VAXEL_SITE_CHECKS',
    key: 'siteChecks',
    fallback: 'on',
    meaning:
      'Whether anyone may check the way to this server without login: `on` or `off`. Checks open some UDP ports of the media range for a quarter of an hour.',
  },
  {
    variable: 'VAXEL_LOOKUP_NETWORKS',
    key: 'lookupNetworks',
    fallback: 'none',
    meaning:
      'Own networks and addresses that look-ups and webhooks of flows, mailboxes of companies and calendars of people may reach, separated by commas: `10.1.0.0/16,fd00:1::5`. Everything on the internet may be reached, nothing else.',
  },
  {
    variable: 'VAXEL_PROXIES',
    key: 'proxies',
    fallback: 'none',
    meaning:
      'Reverse proxies in front of the web, addresses and networks separated by commas: `127.0.0.1,10.0.0.5`. What they say in `X-Forwarded-For` and `X-Forwarded-Proto` is believed; without it all who come by one have its address.',
  },
  {
    variable: 'VAXEL_DNS',
    key: 'dns',
    fallback: "the system's",
    meaning: 'DNS servers for SIP targets, `address` or `address:port`, separated by commas.',
  },
  {
    variable: 'VAXEL_LIMITS',
    key: 'limits',
    fallback: 'those of [limits](limits.md)',
    meaning:
      'Limits of the network and of strangers other than the usual ones: `name=number` separated by commas, with the names of `network-limits.ts` and `abuse-limits.ts` in [limits](limits.md), for example `connectionsPerSource=50,sourceLockedAfter=10`.',
  },
  {
    variable: 'VAXEL_WEB_SOCKETS',
    key: 'webSockets',
    fallback: 'where the page came from',
    meaning:
      'Addresses of SIP over WebSocket that browsers try in this order, `wss://host/sip` separated by commas: for example the one in the office, then the one outside.',
  },
  {
    variable: 'VAXEL_MINIMUM_CLIENT',
    key: 'minimumClient',
    fallback: 'none',
    meaning: 'Versions of the app before this one may not telephone; they load the new one when no call goes on.',
  },
  {
    variable: 'VAXEL_SESSION_LIFETIME',
    key: 'sessionLifetime',
    fallback: '720',
    meaning: 'Hours after which a login ends, used or not; 1 to 8760.',
  },
  {
    variable: 'VAXEL_SESSION_IDLE',
    key: 'sessionIdle',
    fallback: '168',
    meaning: 'Hours without use after which a login ends; an open page uses it. 1 to 8760.',
  },
  {
    variable: 'VAXEL_LOG',
    key: 'log',
    fallback: 'info',
    meaning: 'Least level that is logged: debug, info, warn, error.',
  },
] as const satisfies readonly Setting[]

export type Variable = (typeof settings)[number]['variable']

/** What the server runs with; frozen, all mistakes found at once. */
export interface Configuration {
  readonly data: string
  /** undefined: the database is a file in the data folder. */
  readonly databaseUrl: string | undefined
  /** undefined: the data folder. */
  readonly journal: string | undefined
  readonly journalBytes: number
  readonly diskWarningBytes: number
  /** undefined: loopback until an administrator exists, then `::`. */
  readonly bind: string | undefined
  readonly publicAddress: string | undefined
  readonly httpPort: number
  readonly httpsPort: number
  readonly sipPort: number
  readonly sipsPort: number
  readonly stunPort: number
  readonly mediaPort: number
  readonly mediaPorts: readonly [from: number, to: number]
  /** Recordings over FTPS; absent: off. */
  readonly ftps:
    | {
        readonly port: number | undefined
        readonly implicitPort: number | undefined
        readonly passivePorts: readonly [from: number, to: number]
      }
    | undefined
  readonly mediaDrainMs: number
  readonly mediaWorkers: number
  readonly mediaTimeoutMs: number
  readonly reconnectMs: number
  readonly maxCalls: number
  readonly drainLimitMs: number
  readonly webSockets: readonly string[]
  readonly minimumClient: string | undefined
  readonly sessionLifetimeMs: number
  readonly sessionIdleMs: number
  /** Absent: no mails are sent. */
  readonly lookupNetworks: readonly string[]
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  /** Whether anyone may check the way to the server without login. */
  readonly siteChecks: boolean
  /** Reverse proxies in front of the web, whose word for whom they ask is taken. */
  readonly proxies: readonly string[]
  readonly dns: readonly string[] | undefined
  readonly limits: LimitSettings
  readonly log: 'debug' | 'info' | 'warn' | 'error'
}

export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly mistakes: readonly string[] }

/** Variables of the contract whose meaning is not there yet: set, they are refused rather than passed over. */
const notYet: Readonly<Record<string, string>> = {
  VAXEL_NATS_URL: 'running several nodes on one bus',
  VAXEL_RTPENGINE: 'media by rtpengine',
}

/** Names that begin like settings and are none: a slip of the pen that would else pass in silence. */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>([
    ...settings.map((s) => s.variable),
    ...Object.keys(notYet),
    'VAXEL_URL',
    'VAXEL_TOKEN',
    'VAXEL_BACKUP_PASSPHRASE',
  ])
  return Object.keys(environment).filter((name) => name.startsWith('VAXEL_') && !known.has(name))
}

/**
 * Environment and configuration file to one frozen object; the variable wins. Reports all mistakes at once.
 * @param mayBindLowPorts whether 80 and 443 can be the defaults
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, unknown>>,
  mayBindLowPorts: boolean,
): ConfigurationResult {
  const mistakes: string[] = []
  const known = new Set<string>(settings.map((s) => s.key))
  for (const key of Object.keys(file))
    if (!known.has(key)) mistakes.push(`${key} in the configuration file is not a setting`)
  for (const [variable, what] of Object.entries(notYet))
    if (environment[variable]) mistakes.push(`${variable} is set, but ${what} is not there yet; unset it`)
  const text = (variable: Variable): string | undefined => {
    const { key } = settings.find((s) => s.variable === variable)!
    const value = environment[variable] ?? file[key]
    return value === undefined || value === '' ? undefined : String(value)
  }
  const number = (variable: Variable, fallback: number, least: number, most: number): number => {
    const value = text(variable)
    if (value === undefined) return fallback
    const parsed = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (parsed >= least && parsed <= most) return parsed
    mistakes.push(`${variable} is "${value}"; it must be a whole number from ${least} to ${most}`)
    return fallback
  }
  const port = (variable: Variable, fallback: number): number => number(variable, fallback, 1, 65535)
  const mediaPorts = readRange('VAXEL_MEDIA_PORTS', text('VAXEL_MEDIA_PORTS') ?? '49152-65535', mistakes)
  const ftpsPort = text('VAXEL_FTPS_PORT') === undefined ? undefined : port('VAXEL_FTPS_PORT', 21)
  const ftpsImplicitPort =
    text('VAXEL_FTPS_IMPLICIT_PORT') === undefined ? undefined : port('VAXEL_FTPS_IMPLICIT_PORT', 990)
  const ftpsPassivePorts = readRange(
    'VAXEL_FTPS_PASSIVE_PORTS',
    text('VAXEL_FTPS_PASSIVE_PORTS') ?? '30000-30999',
    mistakes,
  )
  const databaseUrl = text('VAXEL_DATABASE_URL')
  // The value has a password in it, so the sentence does not repeat it.
  if (databaseUrl !== undefined && !(/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl)))
    mistakes.push('VAXEL_DATABASE_URL must look like postgres://user:password@host:5432/name')
  const bind = text('VAXEL_BIND')
  if (bind !== undefined && isIP(bind) === 0)
    mistakes.push(`VAXEL_BIND is "${bind}"; it must be an IP address of this machine, or :: for all`)
  const publicAddress = text('VAXEL_PUBLIC_ADDRESS')
  if (publicAddress !== undefined && !isReachableHost(publicAddress))
    mistakes.push(
      `VAXEL_PUBLIC_ADDRESS is "${publicAddress}"; it must be the one address or name that phones reach this server at, such as 203.0.113.5`,
    )
  const journal = text('VAXEL_JOURNAL')
  const log = text('VAXEL_LOG') ?? 'info'
  if (!['debug', 'info', 'warn', 'error'].includes(log))
    mistakes.push(`VAXEL_LOG is "${log}"; it must be debug, info, warn or error`)
  const siteChecks = text('VAXEL_SITE_CHECKS') ?? 'on'
  if (siteChecks !== 'on' && siteChecks !== 'off')
    mistakes.push(`VAXEL_SITE_CHECKS is "${siteChecks}"; it must be on or off`)
  const smtpUrl = text('VAXEL_SMTP_URL')
  const mailFrom = text('VAXEL_MAIL_FROM')
  if (smtpUrl !== undefined) mistakes.push(...smtpMistakes(smtpUrl, mailFrom))
  const networks = (variable: Variable): string[] => {
    const all = (text(variable) ?? '').split(',').map((one) => one.trim())
    for (const one of all)
      if (one !== '' && !isNetwork(one))
        mistakes.push(`${variable} has "${one}"; write networks and addresses like 10.1.0.0/16,fd00:1::5`)
    return all.filter((one) => one !== '')
  }
  const configuration: Configuration = Object.freeze({
    data: resolve(text('VAXEL_DATA') ?? './data'),
    databaseUrl,
    journal: journal === undefined ? undefined : resolve(journal),
    journalBytes: number('VAXEL_JOURNAL_SIZE', 16, 1, 1024) * 1024 * 1024,
    diskWarningBytes: number('VAXEL_DISK_WARNING', 4, 0, 10_000) * 1e9,
    bind,
    publicAddress,
    httpPort: port('VAXEL_HTTP_PORT', mayBindLowPorts ? 80 : 8080),
    httpsPort: port('VAXEL_HTTPS_PORT', mayBindLowPorts ? 443 : 8443),
    sipPort: port('VAXEL_SIP_PORT', 5060),
    sipsPort: port('VAXEL_SIPS_PORT', 5061),
    stunPort: port('VAXEL_STUN_PORT', 3478),
    mediaPort: port('VAXEL_MEDIA_PORT', 5004),
    mediaPorts,
    ftps:
      ftpsPort === undefined && ftpsImplicitPort === undefined
        ? undefined
        : { port: ftpsPort, implicitPort: ftpsImplicitPort, passivePorts: ftpsPassivePorts },
    mediaDrainMs: number('VAXEL_MEDIA_DRAIN', 5, 1, 600) * 1000,
    mediaWorkers: number('VAXEL_MEDIA_WORKERS', Math.max(1, cpus().length - 1), 1, 64),
    mediaTimeoutMs: number('VAXEL_MEDIA_TIMEOUT', 60, 10, 3600) * 1000,
    reconnectMs: number('VAXEL_RECONNECT', 30, 5, 300) * 1000,
    maxCalls: number('VAXEL_MAX_CALLS', 5000, 1, 1_000_000),
    drainLimitMs: number('VAXEL_DRAIN_LIMIT', 600, 1, 86_400) * 1000,
    webSockets: readWebSockets(text('VAXEL_WEB_SOCKETS'), mistakes),
    minimumClient: text('VAXEL_MINIMUM_CLIENT'),
    sessionLifetimeMs: number('VAXEL_SESSION_LIFETIME', 720, 1, 8760) * 3_600_000,
    sessionIdleMs: number('VAXEL_SESSION_IDLE', 168, 1, 8760) * 3_600_000,
    smtp: smtpUrl === undefined || mailFrom === undefined ? undefined : { url: smtpUrl, from: mailFrom },
    lookupNetworks: networks('VAXEL_LOOKUP_NETWORKS'),
    proxies: networks('VAXEL_PROXIES'),
    siteChecks: siteChecks !== 'off',
    dns: text('VAXEL_DNS')
      ?.split(',')
      .map((server) => server.trim())
      .filter((server) => server.length > 0),
    limits: readLimits(text('VAXEL_LIMITS'), mistakes),
    log: log as Configuration['log'],
  })
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, configuration }
}

const hostLabel = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?'
const hostName = new RegExp(`^${hostLabel}([.]${hostLabel})*$`, 'i')

/** An address that is not every address (which phones would send their sound to), or a name. */
const isReachableHost = (text: string): boolean =>
  isIP(text) === 0 ? hostName.test(text) && !/^[0-9.]+$/.test(text) : !/^[0.:]+$/.test(text)

/** Where the configuration file of a data folder is. */
export function configurationFile(data: string): string {
  return join(data, 'vaxel.json')
}

function readWebSockets(text: string | undefined, mistakes: string[]): readonly string[] {
  const addresses = (text ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address.length > 0)
  for (const address of addresses)
    if (!/^wss?:\/\//.test(address) || !URL.canParse(address))
      mistakes.push(`VAXEL_WEB_SOCKETS has "${address}"; each address must look like wss://host/sip`)
  return addresses
}

function readRange(variable: Variable, text: string, mistakes: string[]): readonly [number, number] {
  const match = /^(\d+)-(\d+)$/.exec(text)
  const from = Number(match?.[1])
  const to = Number(match?.[2])
  if (match && from >= 1024 && to <= 65535 && to - from >= 3) return [from, to]
  mistakes.push(
    `${variable} is "${text}"; it must be a range such as 49152-65535, within 1024-65535 and at least four ports wide`,
  )
  return [49152, 65535]
}
