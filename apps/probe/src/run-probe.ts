import { randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '@vaxel/base'
import {
  type Catalogue,
  clientKinds,
  type Facts,
  isMet,
  type Requirement,
  type Said,
  siteFacts,
  type SiteProfile,
  type SiteReport,
} from '@vaxel/site'
import { allChecks } from './all-checks.ts'
import type { ProbeContext } from './check/check.ts'
import { runChecks } from './check/run-checks.ts'
import { hostFinder, isOver } from './check/service-hosts.ts'
import { machineDns } from './dns/ask-dns.ts'
import { machineNames } from './names.ts'
import { machineDatagrams } from './path/datagram-socket.ts'
import { assembleReport } from './report/assemble-report.ts'
import { CheckSession, type SessionFault } from './session/check-session.ts'
import { ownCatalogue } from './session/own-catalogue.ts'
import type { Target } from './target.ts'
import { askNtp } from './time/ask-ntp.ts'
import { type ClockWitness, compareClocks, witnessOfDate } from './time/compare-clocks.ts'
import { WebClient } from './web/web-client.ts'

export interface ProbeOptions {
  /** A Vaxel server: its own requirements, and its echo service. */
  readonly target?: Target
  /** Instead of the server's own. */
  readonly catalogue?: Catalogue
  readonly profile?: SiteProfile
  readonly segment: string
  /** Reports of other segments. */
  readonly others: readonly { readonly file: string; readonly report: SiteReport }[]
  readonly minutes: number
  /** Kinds of checks; absent: all. */
  readonly only?: readonly string[]
  /** Further roots, PEM. */
  readonly roots: readonly string[]
  readonly timeServers: readonly string[]
  readonly dnsServers?: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly on: string
  readonly signal: AbortSignal
  readonly clock?: Clock
  tell(line: string): void
}

export type ProbeOutcome =
  | {
      readonly ok: true
      readonly report: SiteReport
      readonly requirements: readonly Requirement[]
      /** This machine's clock is wrong or disputed: nothing is proven. */
      readonly isClockWrong: boolean
      /** Worth a word besides the report. */
      readonly notes: readonly Said[]
    }
  | { readonly ok: false; readonly faults: readonly Said[] }

/** Looks at a site from this machine and says what that means; never rejects for anything that a network or a server does. */
export async function runProbe(options: ProbeOptions): Promise<ProbeOutcome> {
  const { target, profile, segment, signal, clock = systemClock, tell } = options
  const resolve = machineNames()
  const web = new WebClient({ roots: options.roots, environment: options.environment, resolve })
  const startedAt = new Date(clock.now()).toISOString()
  const notes: Said[] = []
  let session: CheckSession | undefined
  let catalogue = options.catalogue
  if (target) {
    tell(`asking ${target.host} to take part …`)
    const begun = await CheckSession.begin(web, target.url, target.invitation, signal)
    if (begun instanceof CheckSession) session = begun
    else if (!catalogue) return { ok: false, faults: [sessionFault(target.host, begun)] }
    else notes.push(sessionFault(target.host, begun))
  }
  try {
    if (!catalogue && session && target) {
      const own = await ownCatalogue(session, target.host, signal)
      if (!own.ok) return { ok: false, faults: own.faults }
      catalogue = own.catalogue
    }
    if (!catalogue) return { ok: false, faults: [{ key: 'no-target', values: {} }] }
    const chosen = catalogue
    const strange = options.others.find(({ report }) => report.catalogue.id !== chosen.id)
    if (strange)
      return {
        ok: false,
        faults: [{ key: 'merge-other-catalogue', values: { file: strange.file, id: strange.report.catalogue.id } }],
      }
    const today = new Date(clock.now()).toISOString().slice(0, 10)
    if (!profile) notes.push({ key: 'no-profile', values: {} })
    const facts = profile ? siteFacts(profile) : anySite
    const requirements = chosen.requirements.filter(
      (one) => isMet(one.appliesWhen, facts) && !isOver(one.window?.retired, today),
    )
    const hostsOf = hostFinder(chosen, profile, today, target ? overridesOf(chosen, target.host) : {})
    const idsOf = (check: string): readonly string[] =>
      requirements.filter(({ checks }) => checks.some((name) => name === check)).map(({ id }) => id)
    const onlyMerges = !target && options.others.length > 0
    const timeServers = onlyMerges
      ? new Map()
      : await askTimeServers(options, clock, resolve, timeHosts(options, requirements, hostsOf))
    const clockwork = compareClocks(witnessesOf(session, timeServers))
    const context: ProbeContext = {
      clock,
      segment,
      requirementIds: idsOf,
      catalogue: chosen,
      requirements,
      ...(session && { session }),
      web,
      clockwork,
      timeServers,
      hostsOf,
      dns: machineDns(options.dnsServers),
      today,
      addressesOf: resolve,
      minutes: options.minutes,
      random: (bytes) => randomBytes(bytes),
      tell,
    }
    const results = onlyMerges ? [] : await runChecks(chosenChecks(options.only), context, signal)
    const report = assembleReport({
      site:
        profile?.name ?? session?.check.site?.name ?? target?.host ?? options.others[0]?.report.site ?? chosen.title,
      catalogue: { id: chosen.id, version: chosen.version },
      requirements,
      results,
      segment,
      others: options.others.map((one) => one.report),
      version: options.version,
      on: options.on,
      startedAt,
      nowMs: clock.now(),
    })
    if (session && target?.invitation !== undefined) {
      const reason = await session.keepReport(report)
      if (reason !== undefined) notes.push({ key: 'report-not-kept', values: { reason } })
    }
    const isClockWrong = clockwork.state === 'wrong' || clockwork.state === 'disputed'
    return { ok: true, report, requirements, isClockWrong, notes }
  } finally {
    await session?.end()
  }
}

const chosenChecks = (only: readonly string[] | undefined): typeof allChecks =>
  only === undefined ? allChecks : allChecks.filter(({ makes }) => makes.some((name) => only.includes(name)))

/** Without a profile nothing is left out: a check too many is better than one too few. */
const anySite: Facts = {
  ...Object.fromEntries(clientKinds.map((kind) => [`people.${kind}`, 1])),
  'people.total': clientKinds.length,
  agents: 1,
  connection: 'internet',
  proxy: 'none',
  firewall: 'stateful',
}

/** The provider's places whose addresses a server's own catalogue does not name are that server. */
const overridesOf = ({ places }: Catalogue, host: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    places
      .filter(({ side, addresses = [] }) => side === 'provider' && addresses.length === 0)
      .map(({ name }) => [name, [host]]),
  )

type TimeServers = ProbeContext['timeServers']

function timeHosts(
  { timeServers }: ProbeOptions,
  requirements: readonly Requirement[],
  hostsOf: ProbeContext['hostsOf'],
): readonly string[] {
  const asked = requirements.flatMap(({ body, checks }) =>
    body.kind === 'flow' && checks.includes('ntp') ? hostsOf(body.to.place, body.to.addresses).hosts : [],
  )
  return [...new Set([...timeServers, ...asked])].slice(0, 6)
}

async function askTimeServers(
  { signal }: ProbeOptions,
  clock: Clock,
  resolve: (name: string) => Promise<readonly string[]>,
  hosts: readonly string[],
): Promise<TimeServers> {
  const place = machineDatagrams(clock)
  const asked = await Promise.all(
    hosts.map(async (text) => {
      const { host, port } = timeServer(text)
      const [address] = await resolve(host)
      const found =
        address === undefined
          ? ({ ok: false, fault: 'no-address', detail: '' } as const)
          : await askNtp(place, { address, port }, { random: (bytes) => randomBytes(bytes), clock, signal })
      return [text, found] as const
    }),
  )
  return new Map(asked)
}

/** `ntp.example.com`, `192.0.2.1:1123`, `[2001:db8::1]:1123`, `2001:db8::1` */
function timeServer(text: string): { host: string; port: number } {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text)
  return found ? { host: found[1] ?? found[2]!, port: Number(found[3]) } : { host: text, port: 123 }
}

function witnessesOf(session: CheckSession | undefined, timeServers: TimeServers): readonly ClockWitness[] {
  const witnesses: ClockWitness[] = []
  for (const [host, found] of timeServers)
    if (found.ok) {
      const uncertainMs = found.roundTripMs / 2 + found.reply.rootDelayMs / 2 + found.reply.rootDispersionMs
      witnesses.push({ by: host, kind: 'ntp', offsetMs: found.offsetMs, uncertainMs })
    }
  const date = session && witnessOfDate(session.base.host, session.begun.headers.date, session.begun)
  if (date) witnesses.push(date)
  return witnesses
}

function sessionFault(host: string, { kind, detail, web }: SessionFault): Said {
  if (kind === 'refused') return { key: 'target-refused', values: { host, detail } }
  if (kind === 'foreign' || !web) return { key: 'target-nonsense', values: { host, detail } }
  const told = [web.fault, web.detail].filter((part) => part !== '').join(', ')
  switch (web.at) {
    case 'name':
      return { key: 'target-not-found', values: { host: web.detail || host } }
    case 'proxy':
      return { key: 'target-proxy', values: { host, detail: told } }
    case 'tcp':
      return { key: 'target-no-connection', values: { host, detail: told } }
    case 'tls':
      return { key: 'target-no-tls', values: { host, detail: told } }
    case 'http':
      return { key: 'target-nonsense', values: { host, detail: told } }
  }
}
