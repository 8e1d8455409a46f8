import { useRef, useState } from 'react'
import { Badge, Button, IconButton, Select } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Recording } from './call-view-model.ts'
import css from './history.module.css'

const speeds = ['0.75', '1', '1.25', '1.5', '2'] as const
const skipSeconds = 10

/** Plays a recording: the browser asks the server for the parts that it needs. */
export function RecordingPlayer({ recording }: { readonly recording: Recording }) {
  const { history } = useWords()
  const format = useFormat()
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>('1')
  const [listening] = useState(() => Date.now().toString(36))
  const [hasFailed, setFailed] = useState(false)
  const { id, callId, party, durationMs } = recording
  const name = history.recordingOf(party?.name ?? party?.number ?? '')
  if (durationMs === undefined)
    return (
      <div className={css.player}>
        {name} <Badge tone="bad">{history.recordingGoesOn}</Badge>
      </div>
    )
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
        src={`/api/v1/calls/${encodeURIComponent(callId)}/recordings/${encodeURIComponent(id)}/audio?listening=${listening}`}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAtMs(event.currentTarget.currentTime * 1000)}
        onError={() => setFailed(true)}
      />
      <span className={css.playerName}>{name}</span>
      <div className={css.playerKeys}>
        <IconButton icon="undo" label={history.backTen} onPress={() => seek(atMs - skipSeconds * 1000)} />
        <Button kind="primary" icon={isPlaying ? 'pause' : 'play'} onPress={toggle}>
          {isPlaying ? history.pause : history.play}
        </Button>
        <IconButton icon="chevron-right" label={history.onTen} onPress={() => seek(atMs + skipSeconds * 1000)} />
        <input
          type="range"
          aria-label={history.position}
          aria-valuetext={format.duration(atMs)}
          min={0}
          max={durationMs}
          step={1000}
          value={Math.min(atMs, durationMs)}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <span className={css.playerTime}>
          {format.duration(atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <Select
            label={history.speed}
            value={speed}
            onChange={(next) => {
              setSpeed(next)
              if (audio.current) audio.current.playbackRate = Number(next)
            }}
            choices={speeds.map((one) => ({ id: one, label: `${format.number(Number(one))}×` }))}
          />
        </div>
      </div>
      {hasFailed && <Badge tone="bad">{history.notPlayable}</Badge>}
    </div>
  )
}
