import { type ChangeEvent, useRef } from 'react'
import { useApp } from '../../../app/use-app.ts'
import { Button, IconButton, Labelled, Select, TextField } from '../../../look/index.ts'
import css from '../flows.module.css'
import type { Sound } from '../flow-draft.ts'
import { useFlowWords } from '../use-flow-words.ts'
import type { Supplies } from '../use-supplies.ts'
import { WholeField } from './fields.tsx'

type Kind = Sound['kind']
const kinds: readonly Kind[] = ['prompt', 'sound', 'digits', 'number', 'time', 'pause']
const mostSounds = 10

/** What a step says: sentences, recordings, values and pauses, one after another. */
export function SayEditor({
  label,
  say,
  supplies,
  onChange,
}: {
  readonly label: string
  readonly say: readonly Sound[]
  readonly supplies: Supplies
  readonly onChange: (say: Sound[]) => void
}) {
  const text = useFlowWords()
  const { api, showFault } = useApp()
  const file = useRef<HTMLInputElement>(null)
  const put = (at: number, sound: Sound) => onChange(say.map((each, index) => (index === at ? sound : each)))
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? []
    event.target.value = ''
    if (!chosen) return
    try {
      const name = chosen.name.replace(/\.[^.]*$/, '').slice(0, 100) || 'sound'
      const sound = await api.call('uploadFlowSound', { query: { name }, body: chosen as never })
      supplies.reloadSounds()
      onChange([...say, { kind: 'sound', soundId: sound.id }])
    } catch (error) {
      showFault(error)
    }
  }
  return (
    <Labelled label={label}>
      {say.map((sound, index) => (
        // What is said has no name of its own: its place is what it is.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={css.sound}>
          <Select
            label={`${index + 1}.`}
            value={sound.kind}
            choices={kinds.map((id) => ({ id, label: text(`sound.${id}`) }))}
            onChange={(kind) => put(index, newSound(kind, supplies))}
          />
          <SoundDetail sound={sound} supplies={supplies} onChange={(changed) => put(index, changed)} />
          <div className={css.bar}>
            {index > 0 && (
              <IconButton
                icon="undo"
                size="small"
                label={text('up')}
                onPress={() => onChange(say.with(index, say[index - 1]!).with(index - 1, sound))}
              />
            )}
            <IconButton
              icon="trash"
              size="small"
              label={text('remove')}
              onPress={() => onChange(say.filter((_, at) => at !== index))}
            />
          </div>
        </div>
      ))}
      <div className={css.bar}>
        <Button
          size="small"
          icon="plus"
          isDisabled={say.length >= mostSounds}
          onPress={() => onChange([...say, newSound('prompt', supplies)])}
        >
          {text('addSound')}
        </Button>
        <Button size="small" icon="upload" isDisabled={say.length >= mostSounds} onPress={() => file.current?.click()}>
          {text('uploadSound')}
        </Button>
        <input
          ref={file}
          type="file"
          accept="audio/wav,.wav"
          hidden
          tabIndex={-1}
          aria-label={text('uploadSound')}
          onChange={(event) => void take(event)}
        />
      </div>
    </Labelled>
  )
}

function newSound(kind: Kind, { prompts, sounds }: Supplies): Sound {
  switch (kind) {
    case 'prompt':
      return { kind, name: prompts[0]?.id ?? 'service-not-available' }
    case 'sound':
      return { kind, soundId: sounds[0]?.id ?? '-' }
    case 'digits':
      return { kind, variable: 'caller' }
    case 'number':
      return { kind, variable: 'number' }
    case 'time':
      return { kind }
    case 'pause':
      return { kind, ms: 500 }
  }
}

function SoundDetail({
  sound,
  supplies: { prompts, sounds },
  onChange,
}: {
  readonly sound: Sound
  readonly supplies: Supplies
  readonly onChange: (sound: Sound) => void
}) {
  const text = useFlowWords()
  switch (sound.kind) {
    case 'prompt':
      return (
        <Select
          label={text('sound.prompt')}
          value={sound.name}
          choices={prompts}
          onChange={(name) => onChange({ kind: 'prompt', name })}
        />
      )
    case 'sound':
      return sounds.length === 0 ? (
        <span className={css.quiet}>{text('noSounds')}</span>
      ) : (
        <Select
          label={text('sound.sound')}
          value={sound.soundId}
          choices={sounds.map(({ id, name }) => ({ id, label: name }))}
          onChange={(soundId) => onChange({ kind: 'sound', soundId })}
        />
      )
    case 'digits':
    case 'number': {
      const { kind } = sound
      return (
        <TextField
          label={text('variable')}
          value={sound.variable}
          onChange={(variable) => onChange({ kind, variable: variable.replace(/\W/g, '') || 'value' })}
        />
      )
    }
    case 'pause':
      return (
        <WholeField
          label={text('pauseMs')}
          value={sound.ms}
          least={100}
          most={10_000}
          onChange={(ms) => onChange({ kind: 'pause', ms })}
        />
      )
    case 'time':
      return null
  }
}
