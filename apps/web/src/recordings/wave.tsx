import type { Waves } from './peaks.ts'
import css from './recordings.module.css'

const barWidth = 3
const barStep = 5
const half = 28

/** Both sides of a conversation over its time: above who was recorded, below whom they heard; paused times are shaded. */
export function Wave({
  waves,
  ratio,
  pauses,
}: {
  readonly waves: Waves
  /** How much of it was played, 0 to 1. */
  readonly ratio: number
  /** From and to, 0 to 1. */
  readonly pauses: readonly (readonly [from: number, to: number])[]
}) {
  const { left, right } = waves
  const width = Math.max(1, left.length) * barStep
  return (
    <svg className={css.bars} viewBox={`0 0 ${width} ${2 * half}`} preserveAspectRatio="none" aria-hidden="true">
      {pauses.map(([from, to]) => (
        <rect
          key={from}
          className={css.paused}
          x={from * width}
          y={0}
          width={Math.max(2, (to - from) * width)}
          height={2 * half}
        />
      ))}
      {left.map((level, i) => {
        const [up, down] = [Math.max(1, level * (half - 1)), Math.max(1, (right[i] ?? 0) * (half - 1))]
        const played = i / left.length < ratio
        return (
          // The place is what a bar is.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={i} className={played ? css.played : undefined}>
            <rect className={css.said} x={i * barStep} y={half - up} width={barWidth} height={up} />
            <rect className={css.heard} x={i * barStep} y={half} width={barWidth} height={down} />
          </g>
        )
      })}
    </svg>
  )
}
