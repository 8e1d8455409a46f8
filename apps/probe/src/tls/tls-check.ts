import { isIP } from 'node:net'
import { type CheckResult, type FlowBody, type RequirementOf, requirementsOf, type TlsBody } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { flowTargets } from '../check/service-hosts.ts'
import { beginCheck, endpointText } from '../path/check-sheet.ts'
import { connectTcp } from '../tcp/connect-tcp.ts'
import type { CertificateFacts } from './certificate-facts.ts'
import { type Handshake, handshake, type HandshakeFault } from './handshake.ts'
import { judgeChain } from './judge-chain.ts'
import type { NameRule } from './name-rules.ts'

/** A certificate to look at. */
interface TlsTarget {
  readonly host: string
  readonly port: number
  readonly rule: NameRule
  readonly needs: Partial<TlsBody>
  readonly isOfCustomer: boolean
  readonly mayUseProxy: boolean
  readonly requirementIds: readonly string[]
}

/** Certificates and TLS of every service that is reached by TLS, against what the catalogue asks of them. */
export const tlsCheck: Check = {
  title: 'TLS and certificates',
  makes: ['tls'],
  limitMs: () => 120_000,
  async run(context, signal) {
    const results: CheckResult[] = []
    const waiting = [...tlsTargets(context)]
    const workers = Array.from({ length: 4 }, async () => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift())
        results.push(...(await lookAt(context, next, signal)))
    })
    await Promise.all(workers)
    return results
  },
}

const isSip = (carries: string): boolean => /\bSIPS?\b/i.test(carries)

/** Ports that belong to SIP over TLS: by registration, and of Skype for Business. */
const sipPorts: readonly number[] = [5061, 5067]

/** Flows to a port of a place: they say what it is for. */
const flowsTo = ({ requirements }: ProbeContext, place: string, port: number): readonly FlowBody[] =>
  requirementsOf(requirements, 'flow')
    .map(({ body }) => body)
    .filter(({ to, ports }) => to.place === place && ports.some((one) => one.from <= port && port <= one.to))

function tlsTargets(context: ProbeContext): readonly TlsTarget[] {
  const { requirements, catalogue, hostsOf, today } = context
  const customer = new Set(catalogue.places.filter(({ side }) => side === 'customer').map(({ name }) => name))
  const targets: TlsTarget[] = []
  for (const { id, body, checks } of requirements) {
    if (body.kind !== 'tls' || !checks.includes('tls')) continue
    const named = body.names?.filter((name) => !name.includes('*')) ?? []
    const hosts = hostsOf(body.of).hosts
    const port = body.port ?? 443
    const flows = flowsTo(context, body.of, port)
    const isForSip = sipPorts.includes(port) || flows.some(({ carries }) => isSip(carries))
    for (const host of hosts.length > 0 ? hosts : named)
      targets.push({
        host,
        port,
        rule: isForSip ? 'sip' : 'browser',
        needs: body,
        isOfCustomer: customer.has(body.of),
        mayUseProxy:
          port === 443 || flows.some(({ carries, proxy }) => /HTTP|WSS/.test(carries) && proxy !== 'forbidden'),
        requirementIds: [id],
      })
  }
  for (const { host, port, carries, mayUseProxy, requirements: flows } of flowTargets(
    requirements,
    'tls',
    catalogue,
    hostsOf,
    today,
  ).targets) {
    const requirementIds = flows.map(({ id }) => id)
    const rule = isSip(carries) ? 'sip' : 'browser'
    // The same certificate, looked at once: what is asked of it there, the flow needs too.
    const known = targets.findIndex((one) => one.host === host && one.port === port && one.rule === rule)
    if (known >= 0) {
      targets[known] = { ...targets[known]!, requirementIds: [...targets[known]!.requirementIds, ...requirementIds] }
      continue
    }
    targets.push({
      host,
      port,
      rule,
      needs: issuerAskedOf(context, flows),
      isOfCustomer: flows.every(({ body }) => customer.has(body.to.place)),
      mayUseProxy,
      requirementIds,
    })
  }
  return targets
}

/** What the catalogue says of who issues the certificates of that place holds on every port of it. */
function issuerAskedOf({ requirements }: ProbeContext, flows: readonly RequirementOf<'flow'>[]): Partial<TlsBody> {
  const places = new Set(flows.map(({ body }) => body.to.place))
  const issuer = requirementsOf(requirements, 'tls').find(({ body }) => places.has(body.of))?.body.issuer
  return issuer === undefined ? {} : { issuer }
}

async function lookAt(context: ProbeContext, target: TlsTarget, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const { host, port, needs, rule, requirementIds } = target
  const finish = beginCheck(context, 'tls', `TLS ${endpointText({ address: host, port })}`)
  const owner = target.isOfCustomer ? 'customer-network' : 'service'
  const shaken = await shake(context, target, signal)
  if (!shaken.ok) {
    if (shaken.fault === 'ended') return []
    const values = { host, port: String(port), detail: shaken.detail }
    const isWay = shaken.fault === 'no-way'
    return [
      {
        ...finish({
          outcome: isWay ? 'inconclusive' : 'fail',
          finding: { key: `tls-${shaken.fault}`, values },
          faultOwner: isWay
            ? 'unknown'
            : shaken.fault === 'cut' || shaken.fault === 'silent'
              ? 'customer-firewall'
              : owner,
          evidence: { detail: shaken.detail },
        }),
        requirementIds,
      },
    ]
  }
  const takesOld = await oldestTaken(context, target, signal)
  const findings = judgeChain(shaken.handshake, {
    host,
    rule,
    needs,
    owner,
    knowsRoot: context.web.roots.length > 0,
    nowMs: context.clock.now(),
    clockwork: context.clockwork,
    ...(takesOld !== undefined && { takesOld }),
  })
  const evidence = evidenceOf(shaken.handshake)
  return findings.map((found) => ({ ...finish({ ...found, evidence }), requirementIds }))
}

type Shaken =
  | { readonly ok: true; readonly handshake: Handshake }
  | { readonly ok: false; readonly fault: HandshakeFault | 'no-way'; readonly detail: string }

async function shake(
  context: ProbeContext,
  { host, port, mayUseProxy }: TlsTarget,
  signal: AbortSignal,
  maxVersion?: 'TLSv1.1',
): Promise<Shaken> {
  const bracketed = host.includes(':') ? `[${host}]` : host
  if (mayUseProxy && maxVersion === undefined && context.web.proxyFor(host)) {
    const opened = await context.web.open(new URL(`https://${bracketed}:${port}/`), signal)
    if (opened.ok) {
      opened.socket.destroy()
      return { ok: true, handshake: opened.tls! }
    }
    if (opened.at === 'tls') return { ok: false, fault: opened.fault, detail: opened.detail }
  }
  const [address] = await context.addressesOf(host)
  if (address === undefined) return { ok: false, fault: 'no-way', detail: 'no address' }
  const connected = await connectTcp({ address, port }, { signal })
  if (!connected.ok)
    return connected.fault === 'ended'
      ? { ok: false, fault: 'ended', detail: '' }
      : { ok: false, fault: 'no-way', detail: connected.code }
  const shaken = await handshake(connected.socket, {
    ...(isIP(host) === 0 && { serverName: host }),
    roots: context.web.roots,
    signal,
    ...(maxVersion && { maxVersion }),
  })
  if (shaken.ok) shaken.socket.destroy()
  return shaken
}

/** `1.1` or `1.0`, where the server still takes it (RFC 8996). */
async function oldestTaken(context: ProbeContext, target: TlsTarget, signal: AbortSignal): Promise<string | undefined> {
  const shaken = await shake(context, target, signal, 'TLSv1.1')
  return shaken.ok ? shaken.handshake.protocol.replace('TLSv', '').replace(/^1$/, '1.0') : undefined
}

function evidenceOf({ protocol, cipher, chain, distrust }: Handshake): Readonly<Record<string, string>> {
  const told = chain
    .slice(0, 4)
    .map((one, i): [string, string] => [i === 0 ? 'certificate' : `issuer ${i}`, lineOf(one)])
  const [leaf] = chain
  return {
    protocol: `${protocol}, ${cipher}`,
    ...Object.fromEntries(told),
    ...(leaf && { 'sha-256': leaf.fingerprint256, 'issued by': leaf.issuer }),
    ...(distrust !== undefined && { 'openssl says': distrust.slice(0, 200) }),
  }
}

const lineOf = ({ subject, names, notBeforeMs, notAfterMs }: CertificateFacts): string => {
  const day = (ms: number): string => (Number.isNaN(ms) ? '?' : new Date(ms).toISOString().slice(0, 10))
  return `${subject}; ${names.slice(0, 5).join(' ')}; ${day(notBeforeMs)} to ${day(notAfterMs)}`.slice(0, 600)
}
