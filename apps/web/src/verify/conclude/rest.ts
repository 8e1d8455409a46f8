import type { Found } from '../found.ts'
import { matchBrowser } from '../steps/browser-version.ts'
import { idsFor } from './requirements.ts'
import type { Conclusion } from './row.ts'

/** The WebSocket of calls, and what its way says of the web port, its name and its certificate. */
export function concludeWeb(found: Found): readonly Conclusion[] {
  const { socket, session, page } = found
  if (!socket) return []
  if (!page.isSecure) return openedInsecurely(found, socket)
  const { port } = page
  const target = `WSS ${page.host}:${port}`
  const flow = { protocol: 'tcp', port: session.ports.webTls } as const
  const times = socket
  const tookMs = Math.round(socket.tookMs)
  const rows: Conclusion[] = [
    {
      id: 'socket',
      group: 'calls',
      check: 'web-socket',
      target,
      ids: idsFor(found.requirements, 'web-socket', flow),
      ...(socket.reached === 'answered'
        ? { outcome: 'pass' as const, finding: { key: 'socketAnswers' as const, values: { tookMs } } }
        : {
            outcome: 'fail' as const,
            finding: {
              key: socket.reached === 'opened' ? ('socketHeld' as const) : ('socketShut' as const),
              values: { port: String(port) },
            },
            owner: 'customer-network' as const,
          }),
      evidence: proxyEvidence(found),
      times,
    },
  ]
  const isReached = socket.reached !== 'nothing'
  rows.push({
    id: 'tcp',
    group: 'calls',
    check: 'tcp',
    target: `TCP ${page.host}:${port}`,
    ids: idsFor(found.requirements, 'tcp', flow),
    // This very page came that way.
    outcome: 'pass',
    finding: { key: 'webReached', values: { port: String(port) } },
    times,
  })
  rows.push({
    id: 'tls',
    group: 'calls',
    check: 'tls',
    target: `TLS ${page.host}:${port}`,
    ids: idsFor(found.requirements, 'tls'),
    // A script sees no certificate, nor whether somebody clicked a warning away: the finding says who does.
    ...(isReached
      ? { outcome: 'pass' as const, finding: { key: 'certificateAccepted' as const, values: {} } }
      : {
          outcome: 'inconclusive' as const,
          finding: { key: 'certificateUnseen' as const, values: {} },
          owner: 'unknown' as const,
        }),
    times,
  })
  if (session.names.length > 0) {
    const isByName = session.names.some((name) => name.toLowerCase() === page.host.toLowerCase())
    rows.push({
      id: 'dns',
      group: 'calls',
      check: 'dns',
      target: session.names.join(', '),
      ids: idsFor(found.requirements, 'dns'),
      ...(isByName
        ? { outcome: 'pass' as const, finding: { key: 'nameFound' as const, values: { name: page.host } } }
        : {
            outcome: 'not-tested' as const,
            finding: { key: 'openedByAddress' as const, values: { name: session.names[0]! } },
            owner: 'unknown' as const,
          }),
      times,
    })
  }
  return rows
}

/** A page without TLS says nothing of the way with it, and people could not use a microphone on it. */
function openedInsecurely(
  { requirements, page, session }: Found,
  times: NonNullable<Found['socket']>,
): readonly Conclusion[] {
  const flow = { protocol: 'tcp', port: session.ports.webTls } as const
  return (['web-socket', 'tcp', 'tls'] as const).map((check) => ({
    id: check === 'web-socket' ? 'socket' : check,
    group: 'calls',
    check,
    target: `${page.host}:${session.ports.webTls}`,
    ids: idsFor(requirements, check, flow),
    outcome: 'not-tested',
    finding: { key: 'openedInsecurely', values: { port: String(session.ports.webTls) } },
    owner: 'unknown',
    times,
  }))
}

/** HTTP and UDP that leave by different addresses: a web proxy, or two lines. */
function proxyEvidence({ session, mapping }: Found): Record<string, string> {
  return {
    'address by HTTP': session.yourAddress,
    ...(mapping?.address === undefined ? {} : { 'address by UDP': mapping.address }),
  }
}

const mappingWords = {
  none: 'natNone',
  same: 'natSame',
  'per-target': 'natPerTarget',
  unknown: 'natOneServer',
  'no-answer': 'natUnknown',
} as const

/** What translates addresses on the way, and the STUN server that tells. */
export function concludeMapping(found: Found): readonly Conclusion[] {
  const { mapping, session } = found
  if (!mapping || !found.shared) return []
  const isDirect = found.shared.reached.kind === 'echo'
  if (!isDirect && !(found.areRelaysDone && found.areTrialsDone)) return []
  const target = session.stun[0] ?? ''
  const isThere = mapping.address !== undefined
  const base = { group: 'fallback' as const, target, times: mapping }
  const hasOther = found.mapping?.address !== undefined && found.mapping.address !== session.yourAddress
  return [
    {
      ...base,
      id: 'stun',
      check: 'stun',
      ids: idsFor(found.requirements, 'stun', { protocol: 'udp', port: session.ports.stun }),
      ...(isThere
        ? {
            outcome: 'pass' as const,
            finding: { key: 'stunAnswers' as const, values: { address: mapping.address ?? '' } },
          }
        : {
            outcome: isDirect ? ('not-applicable' as const) : ('fail' as const),
            finding: {
              key:
                mapping.kind === 'none'
                  ? ('natNone' as const)
                  : isDirect
                    ? ('stunNotNeeded' as const)
                    : ('stunSilent' as const),
              values: { port: String(session.ports.stun) },
            },
            owner: 'customer-firewall' as const,
          }),
    },
    {
      ...base,
      id: 'nat',
      check: 'nat',
      ids: idsFor(found.requirements, 'nat'),
      outcome: mapping.kind === 'no-answer' || mapping.kind === 'unknown' ? 'inconclusive' : 'pass',
      finding: {
        key: mappingWords[mapping.kind],
        values: {},
      },
      owner: 'unknown',
      evidence: { ...proxyEvidence(found), ...(hasOther ? { note: 'HTTP and UDP leave by different addresses' } : {}) },
    },
  ]
}

/** The browser against those that the catalogue names. */
export function concludeBrowser(found: Found): readonly Conclusion[] {
  const { version, hasWebRtc } = found.browser
  const values = { name: version.name, version: version.version }
  const base = {
    group: 'browser' as const,
    check: 'browser' as const,
    target: `${version.name} ${version.version}`.trim(),
    times: found.browser,
  }
  const asked = found.requirements.filter(({ checks, body }) => checks.includes('browser') && body.kind === 'software')
  if (!hasWebRtc)
    return [
      {
        ...base,
        id: 'browser',
        ids: idsFor(found.requirements, 'browser'),
        outcome: 'fail',
        finding: { key: 'noWebRtc', values },
        owner: 'endpoint',
      },
    ]
  const outcomes = asked.map((one) => ({ one, outcome: matchBrowser(one, version) }))
  const rows = outcomes.map(({ one, outcome }, i): Conclusion => {
    const said = { ...base, id: i === 0 ? 'browser' : `browser:${one.id}`, ids: [one.id] }
    if (outcome === 'enough') return { ...said, outcome: 'pass', finding: { key: 'browserEnough', values } }
    if (outcome === 'too-old')
      return { ...said, outcome: 'fail', finding: { key: 'browserTooOld', values }, owner: 'endpoint' }
    if (outcome === 'known-bad')
      return { ...said, outcome: 'fail', finding: { key: 'browserBad', values }, owner: 'endpoint' }
    return { ...said, outcome: 'limit', finding: { key: 'browserNotNamed', values }, owner: 'endpoint' }
  })
  if (rows.length > 0) return rows
  return [{ ...base, id: 'browser', ids: [], outcome: 'not-applicable', finding: { key: 'browserNotAsked', values } }]
}

/** Half a headset is no headset: what was not tried beside the other is said. */
const notTried = (
  base: Pick<Conclusion, 'group' | 'check' | 'ids' | 'times'>,
  id: 'microphone' | 'speaker',
): Conclusion => ({
  ...base,
  id,
  target: '',
  outcome: 'not-tested',
  finding: { key: id === 'microphone' ? 'microphoneNotTried' : 'speakerNotTried', values: {} },
  owner: 'endpoint',
})

/** What the person tried of microphone and speaker. */
export function concludeDevices(found: Found): readonly Conclusion[] {
  const { devices } = found
  if (!devices) return []
  const { microphone, speaker } = devices
  const base = {
    group: 'browser' as const,
    check: 'devices' as const,
    ids: idsFor(found.requirements, 'devices'),
    times: devices,
  }
  const rows: Conclusion[] = []
  if (microphone?.kind === 'heard' || microphone?.kind === 'silent')
    rows.push({
      ...base,
      id: 'microphone',
      target: microphone.name,
      ...(microphone.kind === 'heard'
        ? { outcome: 'pass' as const, finding: { key: 'microphoneHeard' as const, values: { name: microphone.name } } }
        : {
            outcome: 'limit' as const,
            finding: { key: 'microphoneSilent' as const, values: { name: microphone.name } },
            owner: 'endpoint' as const,
          }),
    })
  else if (microphone)
    rows.push({
      ...base,
      id: 'microphone',
      target: '',
      outcome: 'limit',
      finding: { key: microphone.kind === 'none' ? 'microphoneNone' : 'microphoneForbidden', values: {} },
      owner: 'endpoint',
    })
  else rows.push(notTried(base, 'microphone'))
  if (speaker)
    rows.push({
      ...base,
      id: 'speaker',
      target: '',
      ...(speaker === 'heard'
        ? { outcome: 'pass' as const, finding: { key: 'speakerHeard' as const, values: {} } }
        : {
            outcome: 'limit' as const,
            finding: { key: 'speakerNotHeard' as const, values: {} },
            owner: 'endpoint' as const,
          }),
    })
  else rows.push(notTried(base, 'speaker'))
  return rows
}
