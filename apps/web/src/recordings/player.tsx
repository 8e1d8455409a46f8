import { useEffect, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Badge, Button, IconButton, Select } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import { readWave, type Waves } from './peaks.ts'
import type { KeptRecording } from './recording-list.ts'
import { nameOf } from './recording-list.ts'
import css from './recordings.module.css'
import { recordingSentences } from './sentences.ts'
import { Wave } from './wave.tsx'

const speeds = ['0.75', '1', '1.25', '1.5', '2'] as const
const skipMs = 10_000
const drawnSteps = 160
const flat: Waves = { left: new Array(drawnSteps).fill(0), right: new Array(drawnSteps).fill(0) }

/** Plays a recording with both sides drawn, from anywhere and at any speed; the browser asks for the parts that it needs. */
export function Player({ recording }: { readonly recording: KeptRecording }) {
  const text = useText(recordingSentences)
  const format = useFormat()
  const { api } = useApp()
  const audio = useRef<HTMLAudioElement>(null)
  const [waves, setWaves] = useState<Waves>(flat)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>('1')
  const [listening] = useState(() => Date.now().toString(36))
  const [hasFailed, setFailed] = useState(false)
  const { id, durationMs = 0, party, other, pauses } = recording
  const path = `/api/v1/recordings/${encodeURIComponent(id)}/audio`
  useEffect(() => {
    let isGone = false
    api.call('readRecordingPeaks', { params: { recordingId: id } }).then(
      ({ left, right }) => {
        if (!isGone) setWaves({ left: readWave(left, drawnSteps), right: readWave(right, drawnSteps) })
      },
      () => setFailed(true),
    )
    return () => {
      isGone = true
    }
  }, [api, id])
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
  const name = text('with', { party: nameOf(party), other: nameOf(other) })
  const shaded = pauses.map(({ fromMs, toMs = durationMs }) => [fromMs / durationMs, toMs / durationMs] as const)
  return (
    <div className={css.player} role="group" aria-label={name}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio
        ref={audio}
        preload="none"
        src={`${path}?listening=${listening}`}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAtMs(durationMs)}
        onError={() => setFailed(true)}
      />
      <div className={`${css.sides} ${css.quiet}`}>
        <span>{text('above', { name: nameOf(party) })}</span>
        <span>{text('below', { name: nameOf(other) })}</span>
      </div>
      <div className={css.wave}>
        <Wave waves={waves} ratio={durationMs === 0 ? 0 : atMs / durationMs} pauses={shaded} />
        <input
          type="range"
          aria-label={text('position')}
          aria-valuetext={format.duration(atMs)}
          min={0}
          max={durationMs}
          step={500}
          value={Math.min(atMs, durationMs)}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </div>
      {pauses.map(({ fromMs, toMs = durationMs }) => (
        <div key={fromMs} className={css.quiet}>
          {text('pausedFrom', { from: format.duration(fromMs), to: format.duration(toMs) })}
        </div>
      ))}
      <div className={css.keys}>
        <IconButton icon="undo" label={text('back')} onPress={() => seek(atMs - skipMs)} />
        <Button kind="primary" icon={isPlaying ? 'pause' : 'play'} onPress={toggle}>
          {text(isPlaying ? 'pause' : 'play')}
        </Button>
        <IconButton icon="chevron-right" label={text('on')} onPress={() => seek(atMs + skipMs)} />
        <span className={css.time}>
          {format.duration(atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <Select
            label={text('speed')}
            value={speed}
            onChange={(next) => {
              setSpeed(next)
              if (audio.current) audio.current.playbackRate = Number(next)
            }}
            choices={speeds.map((one) => ({ id: one, label: `${format.number(Number(one))}×` }))}
          />
        </div>
        <a href={`${path}?download=yes`} download>
          {text('download')}
        </a>
      </div>
      {hasFailed && <Badge tone="bad">{text('notPlayable')}</Badge>}
    </div>
  )
}
