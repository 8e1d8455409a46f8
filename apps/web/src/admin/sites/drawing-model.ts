import type { Opening, OpeningEnd } from '@vaxel/site'

/** Where boxes and arrows of a drawing stand; lengths in the drawing's own units. */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

export interface Box {
  readonly key: string
  readonly label: string
  /** Addresses, a few of them. */
  readonly lines: readonly string[]
  readonly side: 'customer' | 'provider'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Arrow {
  readonly key: string
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
  /** Where its words begin: beside the customer's box, where every arrow has a height of its own. */
  readonly at: readonly [x: number, y: number]
  /** What goes there: `HTTPS TCP 443`. */
  readonly label: string
}

interface Place {
  readonly label: string
  readonly addresses: Set<string>
  arrows: number
}

const boxWidth = 240
const headHeight = 26
const lineHeight = 16
const arrowHeight = 24
const gapBetween = 22
const middle = 340
const margin = 12
/** Addresses that a box lists; the table has all. */
const mostLines = 4

/**
 * Lays the openings of a site out: the customer's places on the left, the others on the right, an arrow for each opening
 * from whoever begins. What stays inside the customer's network is not drawn.
 */
export function drawOpenings(openings: readonly Opening[]): Drawing {
  const crossing = openings.filter(({ direction }) => direction !== 'inside')
  const left = new Map<string, Place>()
  const right = new Map<string, Place>()
  const seen = (places: typeof left, { place, label, any, networks, names }: OpeningEnd): void => {
    const known = places.get(place) ?? { label, addresses: new Set<string>(), arrows: 0 }
    known.arrows += 1
    if (!any) for (const address of [...networks, ...names]) known.addresses.add(address)
    places.set(place, known)
  }
  for (const { direction, from, to } of crossing) {
    seen(left, direction === 'out' ? from : to)
    seen(right, direction === 'out' ? to : from)
  }
  const boxes: Box[] = []
  const next = new Map<string, number>()
  const place = (places: typeof left, side: Box['side']): number => {
    let y = margin
    for (const [key, { label, addresses: all, arrows }] of places) {
      const addresses = [...all]
      const lines =
        addresses.length > mostLines
          ? [...addresses.slice(0, mostLines - 1), `+ ${addresses.length - mostLines + 1}`]
          : addresses
      const height = Math.max(headHeight + lines.length * lineHeight + 10, arrows * arrowHeight + 10)
      const x = side === 'customer' ? margin : margin + boxWidth + middle
      boxes.push({ key: `${side} ${key}`, label, lines, side, x, y, width: boxWidth, height })
      next.set(`${side} ${key}`, y + 5 + arrowHeight / 2)
      y += height + gapBetween
    }
    return y
  }
  const height = Math.max(place(left, 'customer'), place(right, 'provider'))
  const slot = (key: string): number => {
    const y = next.get(key)!
    next.set(key, y + arrowHeight)
    return y
  }
  // By the place on the right, so that few arrows cross.
  const order = [...right.keys()]
  const otherEnd = ({ direction, from, to }: Opening): number =>
    order.indexOf(direction === 'out' ? to.place : from.place)
  const sorted = [...crossing].sort((a, b) => otherEnd(a) - otherEnd(b))
  const arrows = sorted.map(({ id, direction, from, to, protocol, ports, carries }): Arrow => {
    const isOut = direction === 'out'
    const own = slot(`customer ${isOut ? from.place : to.place}`)
    const other = slot(`provider ${isOut ? to.place : from.place}`)
    const atLeft = [margin + boxWidth, own] as const
    const atRight = [margin + boxWidth + middle, other] as const
    return {
      key: id,
      from: isOut ? atLeft : atRight,
      to: isOut ? atRight : atLeft,
      at: [atLeft[0] + (isOut ? 6 : 14), atLeft[1] - 4],
      label: `${carries} ${protocol.toUpperCase()} ${portsText(ports)}`.trim(),
    }
  })
  return { width: 2 * margin + 2 * boxWidth + middle, height, boxes, arrows }
}

/** `443, 49152–65535` */
export const portsText = (ports: Opening['ports']): string =>
  ports.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
