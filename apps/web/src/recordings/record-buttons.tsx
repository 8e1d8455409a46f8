import { useApp } from '../app/use-app.ts'
import { Badge, IconButton } from '../look/index.ts'
import type { PhoneCall } from '../phone/phone-state.ts'
import type { PhoneViewModel } from '../phone/phone-view-model.ts'
import { whoOf } from '../phone/phone-words.ts'
import { useOwnConnection } from '../phone/use-own-connection.ts'
import { useText } from '../words/use-text.ts'
import { callSentences } from './call-sentences.ts'

type Verb = 'startRecording' | 'stopRecording' | 'pauseRecording' | 'resumeRecording'

/** Records a call of this browser on demand, pauses it while a card number is said; shows that it is recorded. */
export function RecordButtons({ call, phone }: { readonly call: PhoneCall; readonly phone: PhoneViewModel }) {
  const text = useText(callSentences)
  const { api, showFault } = useApp()
  const [own, askAgain] = useOwnConnection(call, phone, isAboutRecording)
  const { callId, connection } = own ?? {}
  const recording = connection?.recording
  if (callId === undefined || recording === undefined) return null
  const command = (verb: Verb) => {
    api
      .call('commandCall', { params: { callId, verb }, body: { legId: connection?.legId ?? '' } })
      .then(askAgain, showFault)
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

const isAboutRecording = (kind: string): boolean =>
  kind.startsWith('recording.') || kind === 'call.established' || kind === 'call.transferred'
