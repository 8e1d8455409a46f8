import { isIP } from 'node:net'
import type { SiteCheck } from '@vaxel/contract'

/** What is needed of the server's answer, and fits. */
export type ReadSiteCheck =
  | { readonly ok: true; readonly check: SiteCheck }
  | { readonly ok: false; readonly reason: string }

type Fields = Readonly<Record<string, unknown>>

/**
 * Looks at all that the probe will use of an answer that anybody may have written: a port that is none, a key of the wrong
 * length or a range of a million ports is refused here and nowhere else.
 */
export function readSiteCheck(text: string): ReadSiteCheck {
  const wrong: string[] = []
  const need = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'it is no JSON' }
  }
  if (!isFields(value)) return { ok: false, reason: 'it is no object' }
  const { checkId, echo, catalogue, address, names, ports, thresholds, limits, stun, turn, expiresAt } = value
  need(/^[0-9a-f]{16}$/.test(String(checkId)), 'checkId')
  need(typeof expiresAt === 'string' && !Number.isNaN(Date.parse(expiresAt)), 'expiresAt')
  need(isFields(echo) && echo['id'] === checkId && /^[A-Za-z0-9_-]{43}$/.test(String(echo['key'])), 'echo')
  need(
    isFields(catalogue) && isText(catalogue['id'], 100) && /^\d{10}$/.test(String(catalogue['version'])),
    'catalogue',
  )
  need(isText(address, 253), 'address')
  need(isList(names, 100) && names.every((name) => isText(name, 253)), 'names')
  need(isList(stun, 20) && stun.every((url) => isText(url, 300)), 'stun')
  need(isFields(turn) && isList(turn['urls'], 20) && turn['urls'].every((url) => isText(url, 300)), 'turn')
  need(arePorts(ports), 'ports')
  need(areNumbers(thresholds, ['oneWayDelayMs', 'jitterMs', 'packetLossPercent']), 'thresholds')
  need(areNumbers(limits, ['packetsPerSecond', 'packets', 'hellos', 'longestPacketBytes']), 'limits')
  need(value['sampleSeed'] === undefined || isText(value['sampleSeed'], 200), 'sampleSeed')
  need(isIP(String(value['yourAddress'])) !== 0, 'yourAddress')
  if (wrong.length > 0) return { ok: false, reason: `these are missing or make no sense: ${wrong.join(', ')}` }
  return { ok: true, check: value as SiteCheck }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest
const isList = (value: unknown, longest: number): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= longest
const isPort = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535

function arePorts(ports: unknown): boolean {
  if (!isFields(ports)) return false
  const { web, mediaRange, sample } = ports
  const single = ['webTls', 'sip', 'sips', 'stun', 'media'].every((name) => isPort(ports[name]))
  return (
    single &&
    (web === undefined || isPort(web)) &&
    isFields(mediaRange) &&
    isPort(mediaRange['from']) &&
    isPort(mediaRange['to']) &&
    mediaRange['from'] <= mediaRange['to'] &&
    isList(sample, 200) &&
    sample.every(isPort)
  )
}

const areNumbers = (value: unknown, names: readonly string[]): boolean =>
  isFields(value) &&
  names.every((name) => typeof value[name] === 'number' && Number.isFinite(value[name]) && value[name] >= 0)
