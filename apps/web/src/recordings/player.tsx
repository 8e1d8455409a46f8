import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Badge } from '../look/index.ts'
import { PlayKeys, PlayPosition, SpeedChoice } from '../sound/player-keys.tsx'
import { usePlayer } from '../sound/use-player.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import { readWave, type Waves } from './peaks.ts'
import type { KeptRecording } from './recording-list.ts'
import { nameOf } from './recording-list.ts'
import css from './recordings.module.css'
import { recordingSentences } from './sentences.ts'
import { Wave } from './wave.tsx'

const skipMs = 10_000
const drawnSteps = 160
const flat: Waves = { left: new Array(drawnSteps).fill(0), right: new Array(drawnSteps).fill(0) }

/** Plays a recording with both sides drawn, from anywhere and at any speed; the browser asks for the parts that it needs. */
export function Player({ recording }: { readonly recording: KeptRecording }) {
  const text = useText(recordingSentences)
  const format = useFormat()
  const { api } = useApp()
  const [waves, setWaves] = useState<Waves>(flat)
  const [listening] = useState(() => Date.now().toString(36))
  const { id, durationMs = 0, party, other, pauses } = recording
  const player = usePlayer(durationMs)
  const { fail } = player
  const words = {
    back: text('back'),
    on: text('on'),
    play: text('play'),
    pause: text('pause'),
    position: text('position'),
    speed: text('speed'),
  }
  const path = `/api/v1/recordings/${encodeURIComponent(id)}/audio`
  useEffect(() => {
    let isGone = false
    api.call('readRecordingPeaks', { params: { recordingId: id } }).then(
      ({ left, right }) => {
        if (!isGone) setWaves({ left: readWave(left, drawnSteps), right: readWave(right, drawnSteps) })
      },
      () => fail(),
    )
    return () => {
      isGone = true
    }
  }, [api, id])
  const name = text('with', { party: nameOf(party), other: nameOf(other) })
  const shaded = pauses.map(({ fromMs, toMs = durationMs }) => [fromMs / durationMs, toMs / durationMs] as const)
  return (
    <div className={css.player} role="group" aria-label={name}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio {...player.audio} src={`${path}?listening=${listening}`} />
      <div className={`${css.sides} ${css.quiet}`}>
        <span>{text('above', { name: nameOf(party) })}</span>
        <span>{text('below', { name: nameOf(other) })}</span>
      </div>
      <div className={css.wave}>
        <Wave waves={waves} ratio={durationMs === 0 ? 0 : player.atMs / durationMs} pauses={shaded} />
        <PlayPosition player={player} durationMs={durationMs} stepMs={500} words={words} />
      </div>
      {pauses.map(({ fromMs, toMs = durationMs }) => (
        <div key={fromMs} className={css.quiet}>
          {text('pausedFrom', { from: format.duration(fromMs), to: format.duration(toMs) })}
        </div>
      ))}
      <div className={css.keys}>
        <PlayKeys player={player} skipMs={skipMs} words={words} />
        <span className={css.time}>
          {format.duration(player.atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <SpeedChoice player={player} words={words} />
        </div>
        <a href={`${path}?download=yes`} download>
          {text('download')}
        </a>
      </div>
      {player.hasFailed && <Badge tone="bad">{text('notPlayable')}</Badge>}
    </div>
  )
}
