import type { Story } from './call-view-model.ts'

type Lane = Story['lanes'][number]

/** A bar of the drawing, in thousandths of the whole call. */
export interface Bar {
  readonly kind: Lane['spans'][number]['kind']
  readonly from: number
  readonly width: number
  readonly fromMs: number
  readonly toMs: number
}

export interface Timeline {
  readonly lengthMs: number
  readonly lanes: readonly { readonly lane: Lane; readonly bars: readonly Bar[] }[]
  /** Where lines for reading the time stand: thousandths, and milliseconds from the beginning. */
  readonly ticks: readonly { readonly at: number; readonly ms: number }[]
}

const whole = 1000
/** Narrower bars cannot be seen. */
const leastWidth = 4
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200].map((seconds) => seconds * 1000)
const mostTicks = 7

/** Lays a call out over time. Pure. @param nowMs where the bars of a call that goes on end */
export function layOut({ startedAt, endedAt, lanes }: Story, nowMs: number): Timeline {
  const fromMs = Date.parse(startedAt)
  const toMs = Math.max(
    fromMs + 1000,
    endedAt === undefined ? nowMs : Date.parse(endedAt),
    ...lanes.map((lane) => (lane.endedAt === undefined ? 0 : Date.parse(lane.endedAt))),
  )
  const lengthMs = toMs - fromMs
  const place = (ms: number): number => Math.min(whole, Math.max(0, ((ms - fromMs) / lengthMs) * whole))
  const step = steps.find((candidate) => lengthMs / candidate <= mostTicks) ?? steps.at(-1)!
  const ticks: { at: number; ms: number }[] = []
  for (let ms = 0; ms <= lengthMs; ms += step) ticks.push({ at: (ms / lengthMs) * whole, ms })
  return {
    lengthMs,
    ticks,
    lanes: lanes.map((lane) => ({
      lane,
      bars: lane.spans.map(({ kind, from, to }) => {
        const [start, end] = [Date.parse(from), to === undefined ? toMs : Date.parse(to)]
        const at = place(start)
        return {
          kind,
          from: Math.min(at, whole - leastWidth),
          width: Math.max(leastWidth, place(end) - at),
          fromMs: start - fromMs,
          toMs: end - fromMs,
        }
      }),
    })),
  }
}

export type QualityWord = 'good' | 'fair' | 'poor' | 'none'

/** One direction's audio in a word, by its opinion score where there is one, else by what was lost. */
export function qualityWord(figures: { packets: number; lossRatio: number; mos?: number } | undefined): QualityWord {
  if (!figures || figures.packets === 0) return 'none'
  const { mos, lossRatio } = figures
  if (mos !== undefined) return mos >= 3.9 ? 'good' : mos >= 3.3 ? 'fair' : 'poor'
  return lossRatio < 0.01 ? 'good' : lossRatio < 0.04 ? 'fair' : 'poor'
}
