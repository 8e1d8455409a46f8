import {
  ownSecret,
  type Catalogue,
  type ClientKind,
  clientKinds,
  profileFormat,
  profileTemplate,
  type SiteOption,
  type SiteProfile,
} from '@vaxel/site'
import { type AddressDraft, emptyAddress } from './site-address.ts'
import type { Site } from './use-sites.ts'

/** A site as it is typed. */
export interface SiteDraft {
  readonly name: string
  readonly system: string
  readonly people: Readonly<Partial<Record<ClientKind, string>>>
  readonly sharePercent: string
  readonly agents: string
  readonly agentClient: ClientKind
  readonly options: Readonly<Record<string, string>>
  readonly connection: SiteProfile['connection']
  readonly proxy: NonNullable<SiteProfile['proxy']>
  readonly mbps: string
  readonly traffic: Readonly<Record<TrafficField, string>>
  /** Addresses of the customer's servers by place, with blanks or commas between. */
  readonly places: Readonly<Record<string, string>>
  /** A network a line. */
  readonly inside: string
  /** Name and network a line. */
  readonly segments: string
  /** A network a line. */
  readonly reachedFrom: string
  /** What; last day; owner: one a line. */
  readonly secrets: string
  readonly address: AddressDraft
}

/** Questions about how many calls there are; each is a whole number. */
export const trafficFields = [
  'externalCallsPerHour',
  'averageCallSeconds',
  'agentCallsPerHour',
  'averageHandlingSeconds',
] as const
export type TrafficField = (typeof trafficFields)[number]

/** What cannot be read, at which field; the server finds the rest. */
export type DraftMistakes = Readonly<
  Record<string, { readonly key: 'whole' } | { readonly key: 'secretLine' | 'segmentLine'; readonly line: number }>
>

export const emptyDraft: SiteDraft = {
  name: '',
  system: 'vaxel',
  people: {},
  sharePercent: '20',
  agents: '',
  agentClient: 'webSoftphone',
  options: {},
  connection: 'internet',
  proxy: 'none',
  mbps: '',
  traffic: { externalCallsPerHour: '', averageCallSeconds: '', agentCallsPerHour: '', averageHandlingSeconds: '' },
  places: {},
  inside: '',
  segments: '',
  reachedFrom: '',
  secrets: '',
  address: emptyAddress,
}

/** Kinds of people that a service asks about: those that its conditions look at, or all of them if it looks at none. */
export function kindsAsked(catalogue: Catalogue | undefined): readonly ClientKind[] {
  if (!catalogue) return []
  const text = JSON.stringify(catalogue.requirements.map(({ appliesWhen }) => appliesWhen))
  const asked = clientKinds.filter((kind) => text.includes(`"people.${kind}"`))
  return asked.length > 0 ? asked : clientKinds.filter((kind) => kind !== 'attendant' && kind !== 'ctiOnly')
}

/** Servers of the customer that flows of the service lead to or come from. */
export function placesAsked(
  catalogue: Catalogue | undefined,
): readonly { readonly name: string; readonly label: string }[] {
  const used = new Set(
    catalogue?.requirements.flatMap(({ body }) => (body.kind === 'flow' ? [body.from.place, body.to.place] : [])),
  )
  // The site's own networks are asked for by themselves.
  return (
    catalogue?.places.filter(
      ({ name, side }) => side === 'customer' && used.has(name) && name !== 'customer-network',
    ) ?? []
  )
}

/** The answers that fit a service: those of another one are dropped, its own begin at "no". */
export function withSystem(draft: SiteDraft, catalogue: Catalogue): SiteDraft {
  const options: Record<string, string> = {}
  for (const option of catalogue.options) options[option.id] = draft.options[option.id] ?? firstAnswer(option)
  const asked = new Set(kindsAsked(catalogue))
  const people = Object.fromEntries(Object.entries(draft.people).filter(([kind]) => asked.has(kind as ClientKind)))
  const known = new Set(placesAsked(catalogue).map(({ name }) => name))
  const places = Object.fromEntries(Object.entries(draft.places).filter(([name]) => known.has(name)))
  return { ...draft, system: catalogue.id, options, people, places }
}

const firstAnswer = ({ kind, choices }: SiteOption): string =>
  kind === 'flag' ? '' : kind === 'count' ? '0' : (choices?.[0]?.id ?? '')

/** What is usual for a service, in the fields that are still empty: a new site begins with it. */
export function withPreset(draft: SiteDraft, catalogue: Catalogue): SiteDraft {
  const { networks, traffic, agents } = profileTemplate(catalogue)
  const fitting = withSystem(draft, catalogue)
  const asked = kindsAsked(catalogue)
  return {
    ...fitting,
    inside: fitting.inside || (networks?.inside ?? []).join('\n'),
    traffic: {
      ...fitting.traffic,
      averageCallSeconds: fitting.traffic.averageCallSeconds || String(traffic?.averageCallSeconds ?? ''),
    },
    agentClient: asked.includes(fitting.agentClient) ? fitting.agentClient : (agents?.client ?? fitting.agentClient),
  }
}

export function draftOf(
  site: Pick<Site, 'name' | 'address'> & { readonly profile: SiteProfile; readonly reachedFrom: readonly string[] },
): SiteDraft {
  const { name, profile, reachedFrom, address } = site
  return {
    name,
    system: profile.system,
    people: Object.fromEntries(Object.entries(profile.people).map(([kind, count]) => [kind, String(count)])),
    sharePercent: String(Math.round((profile.shareInCall ?? 0.2) * 1000) / 10),
    agents: profile.agents ? String(profile.agents.loggedOn) : '',
    agentClient: profile.agents?.client ?? 'webSoftphone',
    options: Object.fromEntries(
      Object.entries(profile.options ?? {}).map(([id, value]) => [
        id,
        value === true ? 'yes' : value === false ? '' : String(value),
      ]),
    ),
    connection: profile.connection,
    proxy: profile.proxy ?? 'none',
    mbps: profile.voice?.connectionMbps === undefined ? '' : String(profile.voice.connectionMbps),
    traffic: Object.fromEntries(
      trafficFields.map((field) => [field, String(profile.traffic?.[field] ?? '')]),
    ) as SiteDraft['traffic'],
    places: Object.fromEntries(
      Object.entries(profile.networks?.places ?? {}).map(([name, addresses]) => [name, addresses.join(', ')]),
    ),
    inside: (profile.networks?.inside ?? []).join('\n'),
    segments: (profile.networks?.segments ?? []).map((one) => `${one.name} ${one.network}`).join('\n'),
    reachedFrom: reachedFrom.join('\n'),
    secrets: (profile.secrets ?? []).map((one) => `${one.subject}; ${one.notAfter}; ${one.owner}`).join('\n'),
    address: { ...emptyAddress, ...address },
  }
}

/**
 * The profile that the draft says, over what the site had (what the questions do not ask stays), and what cannot be read.
 * @param known the profile before
 */
export function profileOfDraft(
  draft: SiteDraft,
  catalogue: Catalogue | undefined,
  known?: SiteProfile,
): { readonly profile: SiteProfile; readonly reachedFrom: string[]; readonly mistakes: DraftMistakes } {
  const mistakes: Record<string, DraftMistakes[string]> = {}
  const whole = (text: string, field: string): number => {
    if (text.trim() === '') return 0
    if (!/^\d{1,7}$/.test(text.trim())) mistakes[field] = { key: 'whole' }
    return Number(text.trim())
  }
  const people: Partial<Record<ClientKind, number>> = {}
  for (const kind of kindsAsked(catalogue)) {
    const count = whole(draft.people[kind] ?? '', `people.${kind}`)
    if (count > 0) people[kind] = count
  }
  const share = Number(draft.sharePercent.replace(',', '.'))
  if (!(share >= 0 && share <= 100)) mistakes['sharePercent'] = { key: 'whole' }
  const agents = whole(draft.agents, 'agents')
  const options: Record<string, boolean | number | string> = {}
  for (const option of catalogue?.options ?? []) {
    const answer = draft.options[option.id] ?? firstAnswer(option)
    options[option.id] =
      option.kind === 'flag'
        ? answer === 'yes'
        : option.kind === 'count'
          ? whole(answer, `option.${option.id}`)
          : answer
  }
  const mbps = Number(draft.mbps.replace(',', '.'))
  if (draft.mbps.trim() !== '' && !(mbps > 0)) mistakes['mbps'] = { key: 'whole' }
  const segments = linesOf(draft.segments).map((text, index) => {
    const found = /^(.+?)\s+(\S+)$/.exec(text)
    if (!found) mistakes['segments'] ??= { key: 'segmentLine', line: index + 1 }
    return { name: found?.[1] ?? text, network: found?.[2] ?? '' }
  })
  const secretsBefore = [...(known?.secrets ?? [])]
  const secrets = linesOf(draft.secrets).map((text, index) => {
    const [subject = '', notAfter = '', owner = ''] = text.split(';').map((part) => part.trim())
    if (!subject || !/^\d{4}-\d{2}-\d{2}$/.test(notAfter) || !owner.includes('@'))
      mistakes['secrets'] ??= { key: 'secretLine', line: index + 1 }
    // Several may be called the same: each line has its own.
    const same = secretsBefore.filter((one) => one.subject === subject)
    const at = secretsBefore.indexOf(same.find((one) => one.notAfter === notAfter && one.owner === owner) ?? same[0]!)
    const [before] = at < 0 ? [] : secretsBefore.splice(at, 1)
    return { requirement: before?.requirement ?? secretRequirement(catalogue, subject), subject, notAfter, owner }
  })
  const inside = linesOf(draft.inside)
  const traffic: Partial<Record<TrafficField, number>> = {}
  for (const field of trafficFields) {
    const count = whole(draft.traffic[field], field)
    if (count > 0) traffic[field] = count
  }
  const places: Record<string, string[]> = {}
  for (const { name } of placesAsked(catalogue)) {
    const addresses = (draft.places[name] ?? '').split(/[\s,;]+/).filter((one) => one !== '')
    if (addresses.length > 0) places[name] = addresses
  }
  const {
    voice: knownVoice,
    networks: knownNetworks,
    traffic: knownTraffic,
    version,
    // Asked for, and perhaps emptied: what the site had does not stay.
    agents: _,
    shareInCall: _share,
    ...rest
  } = known ?? {}
  const { blocking, serviceLevel } = knownTraffic ?? {}
  const { connectionMbps: __, ...voice } = knownVoice ?? {}
  return {
    profile: {
      ...rest,
      ...(version !== undefined && known?.system === draft.system ? { version } : {}),
      format: profileFormat,
      name: draft.name.trim(),
      system: draft.system,
      people,
      ...(draft.sharePercent.trim() === '' ? {} : { shareInCall: share / 100 }),
      ...(agents > 0 ? { agents: { loggedOn: agents, client: draft.agentClient } } : {}),
      options,
      connection: draft.connection,
      proxy: draft.proxy,
      networks: { ...knownNetworks, inside, segments, places },
      traffic: {
        ...traffic,
        ...(blocking === undefined ? {} : { blocking }),
        ...(serviceLevel === undefined ? {} : { serviceLevel }),
      },
      voice: { ...voice, ...(mbps > 0 ? { connectionMbps: mbps } : {}) },
      secrets,
    },
    reachedFrom: linesOf(draft.reachedFrom),
    mistakes,
  }
}

/** The secret of the catalogue that a line most likely means; else the line's own words stand for it. */
function secretRequirement(catalogue: Catalogue | undefined, subject: string): string {
  const words = subject.toLowerCase().split(/\W+/)
  const secrets = catalogue?.requirements.filter(({ body }) => body.kind === 'secret') ?? []
  const fits = (text: string): number =>
    words.filter((word) => word.length > 3 && text.toLowerCase().includes(word)).length
  const best = secrets
    .map((one) => ({ id: one.id, score: fits(`${one.title} ${JSON.stringify(one.body)}`) }))
    .sort((a, b) => b.score - a.score)[0]
  return best && best.score > 0 ? best.id : ownSecret
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
