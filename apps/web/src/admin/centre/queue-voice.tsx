import { Button, Checkbox, IconButton, Quiet, Select, Stack } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { FlowSoundFile } from '../flows/use-supplies.ts'
import { WholeField } from '../flows/forms/fields.tsx'
import type { Queue, Target } from './centre-model.ts'
import css from './centre.module.css'
import { withMaybe, without } from './centre-props.ts'
import { MaybeWhole, Row } from './parts.tsx'
import type { QueueFormProps } from './queue-basics.tsx'
import { TargetField } from './target-field.tsx'
import { useCentreText } from './use-centre-text.ts'

type Voice = Queue['voice']
const allKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'] as const

/** What callers hear while they wait, and what they may press. */
export function QueueVoice({
  queue,
  put,
  view,
  sounds,
}: QueueFormProps & { readonly sounds: readonly FlowSoundFile[] }) {
  const text = useCentreText()
  const { voice } = queue
  const putVoice = (changed: Voice) => put({ ...queue, voice: changed })
  const soundSelect = (key: 'greetingSoundId' | 'musicSoundId' | 'commentSoundId', label: string, absent: string) => (
    <Select
      label={label}
      value={voice[key] ?? '-'}
      choices={[{ id: '-', label: absent }, ...sounds.map(({ id, name }) => ({ id, label: name }))]}
      onChange={(id) => putVoice(withMaybe(voice, key, id === '-' ? undefined : id))}
    />
  )
  return (
    <Stack>
      <Row>
        <Select
          label={text('speaks')}
          value={voice.language ?? '-'}
          choices={[
            { id: '-', label: text('asCompany') },
            { id: 'en', label: 'English' },
            { id: 'sv', label: 'Svenska' },
            { id: 'fr', label: 'Français' },
          ]}
          onChange={(id) => putVoice(withMaybe(voice, 'language', id === '-' ? undefined : id))}
        />
        {soundSelect('greetingSoundId', text('greeting'), text('asDelivered'))}
        {soundSelect('musicSoundId', text('music'), text('asDelivered'))}
        {soundSelect('commentSoundId', text('comment'), text('nothingHeard'))}
      </Row>
      <Quiet>{text('soundsHint')}</Quiet>
      <Checkbox isOn={voice.saysPosition} onChange={(saysPosition) => putVoice({ ...voice, saysPosition })}>
        {text('saysPosition')}
      </Checkbox>
      <Checkbox isOn={voice.saysWait} onChange={(saysWait) => putVoice({ ...voice, saysWait })}>
        {text('saysWait')}
      </Checkbox>
      <WholeField
        label={text('every')}
        value={voice.everySeconds}
        least={15}
        most={600}
        onChange={(everySeconds) => putVoice({ ...voice, everySeconds })}
      />
      <MaybeWhole
        tick={text('callBack')}
        label={text('afterSeconds')}
        value={voice.callBackAfterSeconds}
        usual={60}
        least={0}
        most={3600}
        onChange={(seconds) => putVoice(withMaybe(voice, 'callBackAfterSeconds', seconds))}
      />
      <MaybeWhole
        tick={text('message')}
        label={text('afterSeconds')}
        value={voice.messageAfterSeconds}
        usual={60}
        least={0}
        most={3600}
        onChange={(seconds) => putVoice(withMaybe(voice, 'messageAfterSeconds', seconds))}
      />
      <KeyFields voice={voice} put={putVoice} queues={view.centre.queues.filter(({ id }) => id !== queue.id)} />
    </Stack>
  )
}

function KeyFields({
  voice,
  put,
  queues,
}: {
  readonly voice: Voice
  readonly put: (voice: Voice) => void
  readonly queues: readonly Pick<Queue, 'id' | 'name'>[]
}) {
  const text = useCentreText()
  const { shell } = useWords()
  const keys: Readonly<Record<string, Target>> = voice.keys ?? {}
  const taken = new Set([
    ...Object.keys(keys),
    ...(voice.callBackAfterSeconds === undefined ? [] : ['1']),
    ...(voice.messageAfterSeconds === undefined ? [] : ['2']),
  ])
  const free = allKeys.filter((key) => !taken.has(key))
  const putKeys = (changed: Readonly<Record<string, Target>>) =>
    put(withMaybe(voice, 'keys', Object.keys(changed).length > 0 ? changed : undefined))
  return (
    <>
      <strong>{text('keys')}</strong>
      {Object.entries(keys).map(([key, target]) => (
        <div key={key} className={css.period} role="group" aria-label={`${text('key')} ${key}`}>
          <TargetField
            label={`${text('key')} ${key}`}
            value={target}
            queues={queues}
            onChange={(changed) => changed && putKeys({ ...keys, [key]: changed })}
          />
          <div>
            <IconButton
              icon="trash"
              size="small"
              label={`${shell.remove}: ${text('key')} ${key}`}
              onPress={() => putKeys(without(keys, key))}
            />
          </div>
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon="plus"
          isDisabled={free.length === 0}
          onPress={() => putKeys({ ...keys, [free[0]!]: { kind: 'goodbye' } })}
        >
          {text('addKey')}
        </Button>
      </div>
    </>
  )
}
