import type { ReplyOf, RequestOf } from '../../api/api.ts'
import type { Trunk } from '../use-company.ts'
import { badRule, readRules, writeRules } from './rule-lines.ts'

type Body = RequestOf<'createTrunk'>['body']
type Target = Body['targets'][number]
type Identity = NonNullable<Body['identity']>
export type Profile = ReplyOf<'listTrunkProfiles'>['items'][number]

export const ruleLists = ['calledOut', 'callingOut', 'calledIn', 'callingIn'] as const
export const headerChoices = ['asserted', 'preferred', 'remoteParty', 'assertedRemote', 'nothing'] as const

/** A trunk as it is being filled in: lists as lines and words. */
export interface TrunkDraft extends Record<(typeof ruleLists)[number], string> {
  readonly name: string
  readonly profile: Body['profile']
  readonly targets: string
  readonly from: string
  readonly prefixes: string
  readonly channels: string
  readonly keying: Trunk['keying']
  readonly ownHost: string
  readonly registers: boolean
  readonly domain: string
  readonly account: string
  readonly expires: string
  readonly proxy: string
  readonly user: string
  readonly password: string
  readonly incomingUser: string
  readonly incomingPassword: string
  readonly headers: (typeof headerChoices)[number]
  readonly shows: NonNullable<Identity['number']>
  readonly inFrom: NonNullable<Identity['from']>
  readonly withheld: NonNullable<Identity['withheld']>
  readonly allowed: string
  readonly identityHost: string
  readonly emergency: string
  readonly sendsLocation: boolean
  readonly spend: string
  readonly codecs: string
  readonly dtmf: NonNullable<Body['dtmf']>
  readonly interval: string
  readonly deadStatuses: readonly number[] | undefined
  readonly answerWithin: string
  readonly certificateNames: string
  readonly ca: string
  readonly pins: string
  /** Lists of certificates that were taken back, one below the other. */
  readonly revocationLists: string
}

export const emptyTrunk: TrunkDraft = {
  name: '',
  profile: undefined,
  targets: '',
  from: '',
  prefixes: '',
  channels: '',
  keying: 'auto',
  ownHost: '',
  registers: false,
  domain: '',
  account: '',
  expires: '',
  proxy: '',
  user: '',
  password: '',
  incomingUser: '',
  incomingPassword: '',
  calledOut: '',
  callingOut: '',
  calledIn: '',
  callingIn: '',
  headers: 'asserted',
  shows: 'direct',
  inFrom: 'caller',
  withheld: 'told',
  allowed: '',
  identityHost: '',
  emergency: '',
  sendsLocation: false,
  spend: '',
  codecs: '',
  dtmf: 'auto',
  interval: '',
  deadStatuses: undefined,
  answerWithin: '',
  certificateNames: '',
  ca: '',
  pins: '',
  revocationLists: '',
}

const textOf = (value: number | undefined): string => (value === undefined ? '' : String(value))

export function draftOfTrunk(
  trunk: Omit<Body, 'login' | 'incomingLogin'> & Partial<Pick<Trunk, 'login' | 'incomingLogin'>>,
): TrunkDraft {
  const { registration, identity = {}, rewriting = {}, tls = {}, health } = trunk
  const headers = identity.headers ?? ['asserted']
  return {
    ...emptyTrunk,
    name: trunk.name,
    profile: trunk.profile,
    targets: trunk.targets.map(writeTarget).join('\n'),
    from: (trunk.fromAddresses ?? []).join('\n'),
    prefixes: (trunk.prefixes ?? []).join(' '),
    channels: textOf(trunk.channels),
    keying: trunk.keying ?? 'auto',
    ownHost: trunk.ownHost ?? '',
    registers: registration !== undefined,
    domain: registration?.domain ?? '',
    account: registration?.user ?? '',
    expires: textOf(registration?.expiresSeconds),
    proxy: registration?.outboundProxy ?? '',
    user: trunk.login?.username ?? '',
    incomingUser: trunk.incomingLogin?.username ?? '',
    ...Object.fromEntries(ruleLists.map((list) => [list, writeRules(rewriting[list])])),
    headers: headers.length > 1 ? 'assertedRemote' : (headers[0] ?? 'nothing'),
    shows: identity.number ?? 'direct',
    inFrom: identity.from ?? 'caller',
    withheld: identity.withheld ?? 'told',
    allowed: (identity.allowed ?? []).join(' '),
    identityHost: identity.host ?? '',
    emergency: textOf(trunk.emergencyChannels),
    sendsLocation: trunk.sendsLocation ?? false,
    spend: trunk.spendPerDayMicros === undefined ? '' : String(trunk.spendPerDayMicros / 1_000_000),
    codecs: (trunk.codecs ?? []).join(' '),
    dtmf: trunk.dtmf ?? 'auto',
    interval: textOf(health?.intervalSeconds),
    deadStatuses: health?.deadStatuses,
    answerWithin: textOf(trunk.answerWithinMs),
    certificateNames: (trunk.certificateNames ?? []).join('\n'),
    ca: (tls.ca ?? []).join('\n'),
    pins: (tls.pins ?? []).join('\n'),
    revocationLists: (tls.revocationLists ?? []).join('\n'),
  }
}

/** What a profile begins with, with the name that was typed already. */
export function draftOfProfile({ needs, name, ...profile }: Profile, typed: string): TrunkDraft {
  const targets = profile.targets.filter(({ host }) => host !== '')
  return {
    ...draftOfTrunk({ ...profile, targets, name: typed, profile: name }),
    registers: needs.includes('registration'),
  }
}

const writeTarget = ({ protocol, host, port }: Target): string =>
  `${protocol}:${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`

/** @returns the target, or undefined when the line is none */
export function readTarget(line: string): Target | undefined {
  const match = /^(?:(udp|tcp|tls):)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(line.trim())
  if (!match) return undefined
  const [, protocol = 'udp', host, port] = match
  const plain = host!.replace(/^\[|\]$/g, '')
  return {
    protocol: protocol.toLowerCase() as Target['protocol'],
    host: plain,
    ...(port === undefined ? {} : { port: Number(port) }),
  }
}

const lines = (text: string): string[] =>
  text
    .split(/\n/)
    .map((line) => line.trim())
    .filter(Boolean)
export const wordsOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** The first line of the targets that is none. */
export const badTarget = (draft: TrunkDraft): string | undefined =>
  lines(draft.targets).find((line) => readTarget(line) === undefined)

/** Whether every line can be read, so that the server can be asked. */
export const isReadable = (draft: TrunkDraft): boolean =>
  badTarget(draft) === undefined && ruleLists.every((list) => badRule(draft[list]) === undefined)

const headersOf: Record<TrunkDraft['headers'], NonNullable<Identity['headers']>> = {
  asserted: ['asserted'],
  preferred: ['preferred'],
  remoteParty: ['remoteParty'],
  assertedRemote: ['asserted', 'remoteParty'],
  nothing: [],
}

/** What is no number goes as it was typed, so that the server says so: JSON has null for NaN, and null takes a limit away. */
const numberIn = <K extends string>(key: K, text: string, factor = 1): { [P in K]?: number } => {
  const digits = text.replaceAll(/\s/g, '').replace(',', '.')
  if (digits === '') return {}
  const value = factor === 1 ? Number(digits) : Math.round(Number(digits) * factor)
  return { [key]: Number.isFinite(value) ? value : text.trim() } as { [P in K]: number }
}
const listIn = <K extends string>(key: K, list: string[]): { [P in K]?: string[] } =>
  list.length === 0 ? {} : ({ [key]: list } as { [P in K]: string[] })
const textIn = <K extends string>(key: K, text: string): { [P in K]?: string } =>
  text.trim() === '' ? {} : ({ [key]: text.trim() } as { [P in K]: string })
const unlessEmpty = <K extends string, T extends object>(key: K, value: T): { [P in K]?: T } =>
  Object.keys(value).length === 0 ? {} : ({ [key]: value } as { [P in K]: T })

/** What the server is told; only when it {@link isReadable}. Left out: what is as usual. */
export function bodyOf(draft: TrunkDraft): Body {
  const rewriting = Object.fromEntries(
    ruleLists.filter((list) => draft[list].trim() !== '').map((list) => [list, readRules(draft[list])]),
  )
  const identity: Identity = {
    ...(draft.headers === 'asserted' ? {} : { headers: headersOf[draft.headers] }),
    ...(draft.shows === 'direct' ? {} : { number: draft.shows }),
    ...(draft.inFrom === 'caller' ? {} : { from: draft.inFrom }),
    ...(draft.withheld === 'told' ? {} : { withheld: draft.withheld }),
    ...listIn('allowed', wordsOf(draft.allowed)),
    ...textIn('host', draft.identityHost),
  }
  const health = {
    ...numberIn('intervalSeconds', draft.interval),
    ...(draft.deadStatuses === undefined ? {} : { deadStatuses: [...draft.deadStatuses] }),
  }
  const tls = {
    ...listIn('ca', certificatesIn(draft.ca)),
    ...listIn('pins', lines(draft.pins).map(plainPin)),
    ...listIn('revocationLists', listsIn(draft.revocationLists)),
  }
  return {
    name: draft.name.trim().toLowerCase(),
    targets: lines(draft.targets).flatMap((line) => readTarget(line) ?? []),
    fromAddresses: lines(draft.from),
    prefixes: wordsOf(draft.prefixes),
    keying: draft.keying,
    ...numberIn('channels', draft.channels),
    ...(draft.profile === undefined ? {} : { profile: draft.profile }),
    ...textIn('ownHost', draft.ownHost),
    ...(draft.registers ? { registration: registrationOf(draft) } : {}),
    ...loginIn('login', draft.user, draft.password),
    ...loginIn('incomingLogin', draft.incomingUser, draft.incomingPassword),
    ...unlessEmpty('rewriting', rewriting),
    ...unlessEmpty('identity', identity),
    ...unlessEmpty('health', health),
    ...unlessEmpty('tls', tls),
    ...numberIn('emergencyChannels', draft.emergency),
    ...(draft.sendsLocation ? { sendsLocation: true } : {}),
    ...numberIn('spendPerDayMicros', draft.spend, 1e6),
    ...(draft.codecs.trim() === '' ? {} : { codecs: wordsOf(draft.codecs) as NonNullable<Body['codecs']> }),
    ...(draft.dtmf === 'auto' ? {} : { dtmf: draft.dtmf }),
    ...numberIn('answerWithinMs', draft.answerWithin),
    ...listIn('certificateNames', lines(draft.certificateNames)),
  }
}

function registrationOf(draft: TrunkDraft): NonNullable<Body['registration']> {
  return {
    domain: draft.domain.trim(),
    user: draft.account.trim(),
    ...numberIn('expiresSeconds', draft.expires),
    ...textIn('outboundProxy', draft.proxy),
  }
}

const loginIn = <K extends string>(
  key: K,
  username: string,
  password: string,
): { [P in K]?: { username: string; password?: string } } =>
  username.trim() === ''
    ? {}
    : ({ [key]: { username: username.trim(), ...(password === '' ? {} : { password }) } } as {
        [P in K]: { username: string; password?: string }
      })

const certificatesIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? (text.trim() === '' ? [] : [text.trim()])

/** Each in its frame; what has none is one list as base 64, or nothing that can be read. */
const listsIn = (text: string): string[] =>
  text.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g) ?? (text.trim() === '' ? [] : [text.trim()])

/** A list that lies in a file, as text; authorities hand them out in both forms. */
export function revocationListOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('-----BEGIN')) return text.trim()
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  const rows = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN X509 CRL-----', ...rows, '-----END X509 CRL-----'].join('\n')
}

const plainPin = (pin: string): string => pin.replaceAll(/[:\s]/g, '').toLowerCase()
