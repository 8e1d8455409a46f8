import { Button, IconButton, Select } from '../look/index.ts'
import { useFormat } from '../words/use-words.ts'
import { type Player, speeds } from './use-player.ts'

/** What the keys of a player are called, in the words of the screen that has it. */
export interface PlayerWords {
  readonly back: string
  readonly on: string
  readonly play: string
  readonly pause: string
  readonly position: string
  readonly speed: string
}

/** Back, play or pause, and on. */
export function PlayKeys({
  player,
  skipMs,
  words,
}: {
  readonly player: Player
  readonly skipMs: number
  readonly words: PlayerWords
}) {
  const { atMs, isPlaying, seek, toggle } = player
  return (
    <>
      <IconButton icon="undo" label={words.back} onPress={() => seek(atMs - skipMs)} />
      <Button kind="primary" icon={isPlaying ? 'pause' : 'play'} onPress={toggle}>
        {isPlaying ? words.pause : words.play}
      </Button>
      <IconButton icon="chevron-right" label={words.on} onPress={() => seek(atMs + skipMs)} />
    </>
  )
}

/** Where it is, and may be put. */
export function PlayPosition({
  player: { atMs, seek },
  durationMs,
  stepMs,
  words,
}: {
  readonly player: Player
  readonly durationMs: number
  readonly stepMs: number
  readonly words: PlayerWords
}) {
  const format = useFormat()
  return (
    <input
      type="range"
      aria-label={words.position}
      aria-valuetext={format.duration(atMs)}
      min={0}
      max={durationMs}
      step={stepMs}
      value={Math.min(atMs, durationMs)}
      onChange={(event) => seek(Number(event.target.value))}
    />
  )
}

/** How fast it goes. */
export function SpeedChoice({
  player: { speed, setSpeed },
  words,
}: {
  readonly player: Player
  readonly words: PlayerWords
}) {
  const format = useFormat()
  return (
    <Select
      label={words.speed}
      value={speed}
      onChange={setSpeed}
      choices={speeds.map((one) => ({ id: one, label: `${format.number(Number(one))}×` }))}
    />
  )
}
