import { useEffect, useRef, useState } from 'react'
import { Badge, Button, IconButton, Select } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './voicemail.module.css'

const speeds = ['0.75', '1', '1.25', '1.5', '2'] as const
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
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>('1')
  const [hasFailed, setFailed] = useState(false)
  // Time updates come four times a second: while it plays, the position is looked at with each picture.
  useEffect(() => {
    if (!isPlaying) return
    let next = 0
    const look = () => {
      if (audio.current) setAtMs(audio.current.currentTime * 1000)
      next = requestAnimationFrame(look)
    }
    next = requestAnimationFrame(look)
    return () => cancelAnimationFrame(next)
  }, [isPlaying])
  const seek = (ms: number) => {
    const to = Math.min(durationMs, Math.max(0, ms))
    if (audio.current) audio.current.currentTime = to / 1000
    setAtMs(to)
  }
  const toggle = () => {
    const element = audio.current
    if (!element) return
    if (isPlaying) element.pause()
    else element.play().catch(() => setFailed(true))
  }
  return (
    <div className={css.player} role="group" aria-label={name}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio
        ref={audio}
        preload="none"
        src={path}
        onPlay={() => {
          setPlaying(true)
          onPlayed?.()
        }}
        onPause={() => setPlaying(false)}
        onEnded={() => setAtMs(durationMs)}
        onError={() => setFailed(true)}
      />
      <div className={css.wave}>
        <Bars peaks={peaks} ratio={durationMs === 0 ? 0 : atMs / durationMs} />
        <input
          type="range"
          aria-label={voicemail.position}
          aria-valuetext={format.duration(atMs)}
          min={0}
          max={durationMs}
          step={500}
          value={Math.min(atMs, durationMs)}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </div>
      <div className={css.keys}>
        <IconButton icon="undo" label={voicemail.back} onPress={() => seek(atMs - skipMs)} />
        <Button kind="primary" icon={isPlaying ? 'pause' : 'play'} onPress={toggle}>
          {isPlaying ? voicemail.pause : voicemail.play}
        </Button>
        <IconButton icon="chevron-right" label={voicemail.on} onPress={() => seek(atMs + skipMs)} />
        <span className={css.time}>
          {format.duration(atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <Select
            label={voicemail.speed}
            value={speed}
            onChange={(next) => {
              setSpeed(next)
              if (audio.current) audio.current.playbackRate = Number(next)
            }}
            choices={speeds.map((one) => ({ id: one, label: `${format.number(Number(one))}×` }))}
          />
        </div>
      </div>
      {hasFailed && <Badge tone="bad">{voicemail.notPlayable}</Badge>}
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
