import { Badge } from '../look/index.ts'
import { PlayKeys, PlayPosition, SpeedChoice } from '../sound/player-keys.tsx'
import { usePlayer } from '../sound/use-player.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './voicemail.module.css'

const skipMs = 5000

/**
 * Plays a sound with its waveform, from anywhere and at any speed; the browser asks the server for the parts that it needs.
 * @param peaks hexadecimal digits, as the API has them
 */
export function MessagePlayer({
  path,
  peaks,
  durationMs,
  name,
  onPlayed,
}: {
  readonly path: string
  readonly peaks: string
  readonly durationMs: number
  readonly name: string
  readonly onPlayed?: () => void
}) {
  const { voicemail } = useWords()
  const format = useFormat()
  const player = usePlayer(durationMs, onPlayed)
  return (
    <div className={css.player} role="group" aria-label={name}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio {...player.audio} src={path} />
      <div className={css.wave}>
        <Bars peaks={peaks} ratio={durationMs === 0 ? 0 : player.atMs / durationMs} />
        <PlayPosition player={player} durationMs={durationMs} stepMs={500} words={voicemail} />
      </div>
      <div className={css.keys}>
        <PlayKeys player={player} skipMs={skipMs} words={voicemail} />
        <span className={css.time}>
          {format.duration(player.atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <SpeedChoice player={player} words={voicemail} />
        </div>
      </div>
      {player.hasFailed && <Badge tone="bad">{voicemail.notPlayable}</Badge>}
    </div>
  )
}

const barWidth = 3
const barStep = 5
const height = 48

function Bars({ peaks, ratio }: { readonly peaks: string; readonly ratio: number }) {
  const bars = [...(peaks === '' ? '1'.repeat(96) : peaks)].map((peak) => Number.parseInt(peak, 16) / 15)
  return (
    <svg
      className={css.bars}
      viewBox={`0 0 ${bars.length * barStep} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((level, i) => {
        const tall = Math.max(2, level * height)
        return (
          <rect
            // The place is what a bar is.
            // oxlint-disable-next-line react/no-array-index-key
            key={i}
            className={i / bars.length < ratio ? css.played : undefined}
            x={i * barStep}
            y={(height - tall) / 2}
            width={barWidth}
            height={tall}
            rx={1}
          />
        )
      })}
    </svg>
  )
}
