import type { RequestOf } from '../../api/api.ts'
import type { Trunk } from '../use-company.ts'

type Body = RequestOf<'createTrunk'>['body']
type Target = Body['targets'][number]

/** A trunk as it is being filled in: lists as lines and words. */
export interface TrunkDraft {
  readonly name: string
  readonly targets: string
  readonly from: string
  readonly prefixes: string
  readonly channels: string
  readonly keying: Trunk['keying']
}

export const emptyTrunk: TrunkDraft = { name: '', targets: '', from: '', prefixes: '', channels: '', keying: 'auto' }

export const draftOfTrunk = (trunk: Trunk): TrunkDraft => ({
  name: trunk.name,
  targets: trunk.targets.map(writeTarget).join('\n'),
  from: trunk.fromAddresses.join('\n'),
  prefixes: trunk.prefixes.join(' '),
  channels: trunk.channels === undefined ? '' : String(trunk.channels),
  keying: trunk.keying,
})

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

/** What the server is told; only when there is no {@link badTarget}. */
export function bodyOf(draft: TrunkDraft): Body {
  return {
    name: draft.name.trim().toLowerCase(),
    targets: lines(draft.targets).flatMap((line) => readTarget(line) ?? []),
    fromAddresses: lines(draft.from),
    prefixes: wordsOf(draft.prefixes),
    keying: draft.keying,
    ...(draft.channels.trim() === '' ? {} : { channels: Number(draft.channels) }),
  }
}
