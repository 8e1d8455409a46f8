import { printable } from '../output.ts'

/** A SIP message as the API gives it. */
export interface LadderMessage {
  readonly at: string
  readonly sipCallId: string
  readonly direction: 'in' | 'out'
  readonly protocol: string
  readonly remote: string
  readonly text: string
}

/** Which party a SIP Call-ID belongs to. */
export interface LadderLeg {
  readonly sipCallId?: string
  readonly party: { readonly number: string; readonly name?: string }
}

const timeWidth = 11
const columnWidth = 34
const us = 'Vaxel'

interface Column {
  readonly key: string
  readonly heading: readonly string[]
}

/**
 * A ladder diagram: a column for each peer, the platform after the first one (the caller), a line for each message
 * with the seconds since the first. Pure text, no colours.
 */
export function drawLadder(messages: readonly LadderMessage[], legs: readonly LadderLeg[]): string {
  const first = messages[0]
  if (!first) return ''
  const columns = columnsOf(messages, legs)
  const startMs = Date.parse(first.at)
  const place = new Map(columns.map(({ key }, i) => [key, i]))
  const headings = [0, 1, 2]
    .map((row) => centred(columns.map(({ heading }) => heading[row] ?? '')))
    .filter((line) => line.trim() !== '')
  const lines = messages.map((message) => {
    const own = place.get(us)!
    const peer = place.get(message.remote)!
    const [from, to] = message.direction === 'in' ? [peer, own] : [own, peer]
    const seconds = ((Date.parse(message.at) - startMs) / 1000).toFixed(3)
    return `${seconds.padStart(timeWidth - 2)}  ${arrowLine(columns.length, from, to, labelOf(message.text))}`
  })
  const lifelines = `${' '.repeat(timeWidth)}${stems(columns.length).join('')}`.trimEnd()
  return [...headings.map((line) => `${' '.repeat(timeWidth)}${line}`.trimEnd()), lifelines, ...lines].join('\n')
}

function columnsOf(messages: readonly LadderMessage[], legs: readonly LadderLeg[]): Column[] {
  const partyOf = new Map(legs.map(({ sipCallId, party }) => [sipCallId, party]))
  const peers = new Map<string, { protocol: string; parties: Set<string> }>()
  for (const { remote, protocol, sipCallId } of messages) {
    const peer = peers.get(remote) ?? { protocol, parties: new Set<string>() }
    peers.set(remote, peer)
    const party = partyOf.get(sipCallId)
    if (party) peer.parties.add(party.number)
  }
  const columns = [...peers].map(
    ([remote, { protocol, parties }]): Column => ({
      key: remote,
      heading: [printable([...parties].join(', ')) || 'peer', `${remote} ${protocol}`],
    }),
  )
  columns.splice(1, 0, { key: us, heading: [us] })
  return columns
}

const middle = (column: number): number => column * columnWidth + columnWidth / 2

function centred(texts: readonly string[]): string {
  return texts
    .map((text) => {
      const shown = fit(text, columnWidth - 2)
      const before = Math.ceil((columnWidth - shown.length) / 2)
      return ' '.repeat(before) + shown.padEnd(columnWidth - before)
    })
    .join('')
}

function stems(count: number): string[] {
  const line = new Array<string>(count * columnWidth).fill(' ')
  for (let column = 0; column < count; column++) line[middle(column)] = '│'
  return line
}

function arrowLine(count: number, from: number, to: number, label: string): string {
  const line = stems(count)
  const left = middle(Math.min(from, to)) + 1
  const right = middle(Math.max(from, to)) - 1
  for (let at = left; at <= right; at++) line[at] = '─'
  if (from < to) line[right] = '▶'
  else line[left] = '◀'
  const text = ` ${fit(label, right - left - 5)} `
  const start = left + Math.floor((right - left + 1 - text.length) / 2)
  for (let i = 0; i < text.length; i++) line[start + i] = text[i]!
  return line.join('').trimEnd()
}

const fit = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)

/** `INVITE (SDP)`, `200 OK (INVITE, SDP)`, `BYE`. */
export function labelOf(text: string): string {
  const [head = '', body = ''] = text.split(/\r?\n\r?\n/, 2)
  const [firstLine = ''] = head.split(/\r?\n/, 1)
  const hasSdp = body.startsWith('v=0')
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(firstLine)
  if (!response) return printable(`${firstLine.split(' ', 1)[0]}${hasSdp ? ' (SDP)' : ''}`)
  const method = /^CSeq\s*:\s*\d+\s+(\S+)/im.exec(head)?.[1]
  const about = [method, hasSdp ? 'SDP' : undefined].filter((part) => part !== undefined).join(', ')
  return printable(`${response[1]} ${response[2]}${about === '' ? '' : ` (${about})`}`)
}
