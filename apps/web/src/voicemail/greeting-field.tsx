import { useEffect, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Badge, Banner, Button } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Mailbox } from './mailboxes.ts'
import { type GoingRecording, recordSound } from './record-sound.ts'
import { toGreetingWav } from './to-greeting-wav.ts'
import css from './voicemail.module.css'

export type GreetingKind = Mailbox['greetings'][number]['kind']

const mostMs: Partial<Record<GreetingKind, number>> = { name: 8000 }
const usualMostMs = 90_000

/** One greeting of a mailbox: heard, recorded here, taken from a file, taken away. */
export function GreetingField({
  box,
  kind,
  onChanged,
}: {
  readonly box: Mailbox
  readonly kind: GreetingKind
  readonly onChanged: (box: Mailbox) => void
}) {
  const { voicemail } = useWords()
  const format = useFormat()
  const { api, clock, toasts, showFault } = useApp()
  const submit = useSubmit()
  const input = useRef<HTMLInputElement>(null)
  const [recording, setRecording] = useState<{ readonly going: GoingRecording; readonly sinceMs: number }>()
  const [made, setMade] = useState<{ readonly wav: Uint8Array<ArrayBuffer>; readonly url: string }>()
  const [isHeard, setHeard] = useState(false)
  const kept = box.greetings.find((greeting) => greeting.kind === kind)
  const params = { boxId: box.id, kind }
  const url = made?.url
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])
  useEffect(() => () => void recording?.going.stop(), [recording])
  const take = async (sound: Blob) => {
    try {
      const wav = await toGreetingWav(sound)
      setMade({ wav, url: URL.createObjectURL(new Blob([wav], { type: 'audio/wav' })) })
    } catch {
      toasts.show({ tone: 'bad', text: voicemail.notSound })
    }
  }
  const record = () => {
    setMade(undefined)
    setHeard(false)
    recordSound(mostMs[kind] ?? usualMostMs).then(
      (going) => setRecording({ going, sinceMs: clock.nowMs() }),
      () => toasts.show({ tone: 'bad', text: voicemail.noMicrophone }),
    )
  }
  const stop = () => {
    recording?.going.stop().then(take, showFault)
    setRecording(undefined)
  }
  const use = () =>
    submit.run(async () => {
      if (!made) return
      onChanged(await api.call('putGreeting', { params, body: made.wav }))
      setMade(undefined)
      toasts.show({ tone: 'good', text: voicemail.saved })
    })
  const remove = () =>
    submit.run(async () => {
      await api.call('removeGreeting', { params })
      onChanged({ ...box, greetings: box.greetings.filter((greeting) => greeting.kind !== kind) })
      setHeard(false)
    })
  return (
    <div className={css.greeting} role="group" aria-label={voicemail.kinds[kind]}>
      <span className={css.greetingName}>
        <span>{voicemail.kinds[kind]}</span>
        <span className={css.quiet}>
          {kept ? voicemail.ownUsed(format.duration(kept.durationMs)) : voicemail.standardUsed}
        </span>
      </span>
      {recording ? (
        <>
          <Badge tone="bad">
            {voicemail.recording} <Ticking sinceMs={recording.sinceMs} />
          </Badge>
          <Button icon="stop" kind="primary" onPress={stop}>
            {voicemail.stop}
          </Button>
        </>
      ) : (
        <>
          {kept && (
            <Button icon="play" onPress={() => setHeard(!isHeard)}>
              {voicemail.play}
            </Button>
          )}
          <Button icon="record" isDisabled={submit.isBusy} onPress={record}>
            {voicemail.record}
          </Button>
          <Button icon="upload" isDisabled={submit.isBusy} onPress={() => input.current?.click()}>
            {voicemail.upload}
          </Button>
          {kept && (
            <Button icon="undo" kind="quiet" isDisabled={submit.isBusy} onPress={remove}>
              {voicemail.takeAway}
            </Button>
          )}
        </>
      )}
      <input
        ref={input}
        type="file"
        accept="audio/*"
        className={css.file}
        tabIndex={-1}
        aria-label={`${voicemail.kinds[kind]}: ${voicemail.upload}`}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      {isHeard && kept && !made && (
        <div className={css.preview}>
          {/* biome-ignore lint/a11y/useMediaCaption: what somebody said themselves */}
          <audio
            controls
            autoPlay
            src={`/api/v1/voicemail/${encodeURIComponent(box.id)}/greetings/${kind}/audio?at=${Date.parse(kept.at)}`}
          />
        </div>
      )}
      {made && (
        <div className={css.preview} role="group" aria-label={voicemail.preview}>
          {/* biome-ignore lint/a11y/useMediaCaption: what somebody said themselves */}
          <audio controls src={made.url} />
          <Button kind="primary" icon="check" isDisabled={submit.isBusy} onPress={use}>
            {voicemail.useIt}
          </Button>
          <Button kind="quiet" onPress={() => setMade(undefined)}>
            {voicemail.discard}
          </Button>
        </div>
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </div>
  )
}
