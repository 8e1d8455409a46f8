import { useState } from 'react'
import { Badge } from '../look/index.ts'
import { PlayKeys, PlayPosition, SpeedChoice } from '../sound/player-keys.tsx'
import { usePlayer } from '../sound/use-player.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Recording } from './call-view-model.ts'
import css from './history.module.css'

const skipMs = 10_000

/** Plays a recording: the browser asks the server for the parts that it needs. */
export function RecordingPlayer({ recording }: { readonly recording: Recording }) {
  const { history } = useWords()
  const format = useFormat()
  const [listening] = useState(() => Date.now().toString(36))
  const { id, callId, party, durationMs } = recording
  const player = usePlayer(durationMs ?? 0)
  const { play, pause, position, speed } = history
  const words = { back: history.backTen, on: history.onTen, play, pause, position, speed }
  const name = history.recordingOf(party?.name ?? party?.number ?? '')
  if (durationMs === undefined)
    return (
      <div className={css.player}>
        {name} <Badge tone="bad">{history.recordingGoesOn}</Badge>
      </div>
    )
  return (
    <div className={css.player} role="group" aria-label={name}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio
        {...player.audio}
        src={`/api/v1/calls/${encodeURIComponent(callId)}/recordings/${encodeURIComponent(id)}/audio?listening=${listening}`}
      />
      <span className={css.playerName}>{name}</span>
      <div className={css.playerKeys}>
        <PlayKeys player={player} skipMs={skipMs} words={words} />
        <PlayPosition player={player} durationMs={durationMs} stepMs={1000} words={words} />
        <span className={css.playerTime}>
          {format.duration(player.atMs)} / {format.duration(durationMs)}
        </span>
        <div className={css.speed}>
          <SpeedChoice player={player} words={words} />
        </div>
      </div>
      {player.hasFailed && <Badge tone="bad">{history.notPlayable}</Badge>}
    </div>
  )
}
