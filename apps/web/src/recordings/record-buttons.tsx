import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Badge, IconButton } from '../look/index.ts'
import type { PhoneCall } from '../phone/phone-state.ts'
import type { PhoneViewModel } from '../phone/phone-view-model.ts'
import { whoOf } from '../phone/phone-words.ts'
import { useText } from '../words/use-text.ts'
import { callSentences } from './call-sentences.ts'

type Connection = ReplyOf<'readLiveCall'>['connections'][number]
type Verb = 'startRecording' | 'stopRecording' | 'pauseRecording' | 'resumeRecording'

/** Records a call of this browser on demand, pauses it while a card number is said; shows that it is recorded. */
export function RecordButtons({ call, phone }: { readonly call: PhoneCall; readonly phone: PhoneViewModel }) {
  const text = useText(callSentences)
  const { api, events, showFault } = useApp()
  const [own, setOwn] = useState<{ readonly callId: string; readonly connection: Connection }>()
  const sipCallId = phone.sipCallIdOf(call.id)
  const [asked, setAsked] = useState(0)
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (kind.startsWith('recording.') || kind === 'call.established' || kind === 'call.transferred')
          setAsked((count) => count + 1)
      }),
    [events],
  )
  useEffect(() => {
    if (sipCallId === undefined) return
    let isGone = false
    // Without an answer there is nothing to press, and nothing to say about it.
    api.call('listLiveCalls').then(
      ({ items }) => {
        if (!isGone) setOwn(ownOf(items, sipCallId))
      },
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [api, sipCallId, asked])
  const { callId, connection } = own ?? {}
  const recording = connection?.recording
  if (callId === undefined || recording === undefined) return null
  const command = (verb: Verb) => {
    api
      .call('commandCall', { params: { callId, verb }, body: { legId: connection?.legId ?? '' } })
      .then(() => setAsked((count) => count + 1), showFault)
  }
  const who = whoOf(call)
  return (
    <>
      <IconButton
        icon="record"
        isOn={recording !== 'available'}
        label={`${text(recording === 'available' ? 'record' : 'stop')}: ${who}`}
        onPress={() => command(recording === 'available' ? 'startRecording' : 'stopRecording')}
      />
      {recording !== 'available' && (
        <>
          <IconButton
            icon={recording === 'paused' ? 'play' : 'pause'}
            isOn={recording === 'paused'}
            label={`${text(recording === 'paused' ? 'resume' : 'pause')}: ${who}`}
            onPress={() => command(recording === 'paused' ? 'resumeRecording' : 'pauseRecording')}
          />
          <Badge tone={recording === 'paused' ? 'warn' : 'bad'}>{text(recording)}</Badge>
        </>
      )}
    </>
  )
}

function ownOf(
  calls: ReplyOf<'listLiveCalls'>['items'],
  sipCallId: string,
): { callId: string; connection: Connection } | undefined {
  for (const { id, connections } of calls) {
    const connection = connections.find(({ own }) => own?.sipCallId === sipCallId)
    if (connection) return { callId: id, connection }
  }
  return undefined
}
