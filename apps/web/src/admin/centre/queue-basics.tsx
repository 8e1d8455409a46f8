import { useApp } from '../../app/use-app.ts'
import { Badge, Button, Checkbox, Labelled, Line, Quiet, Select, Stack, TextField } from '../../look/index.ts'
import { WholeField } from '../flows/forms/fields.tsx'
import { useState } from 'react'
import type { CentreModel, CentreView, Queue } from './centre-model.ts'
import css from './centre.module.css'
import { withMaybe } from './centre-props.ts'
import { FaultBanner, Row, Ticks, useAsking } from './parts.tsx'
import { NameField } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** What the parts of a queue's form are given. */
export interface QueueFormProps {
  readonly queue: Queue
  readonly put: (queue: Queue) => void
  readonly view: CentreView
}

const channels = ['call', 'callBack', 'voicemail', 'mail', 'chat', 'sms'] as const
export const channelKeys = {
  call: 'channelCall',
  callBack: 'channelCallBack',
  voicemail: 'channelVoicemail',
  mail: 'channelMail',
  chat: 'channelChat',
  sms: 'channelSms',
} as const

/** Name, what it takes, when it is open, how fast it answers, and what comes afterwards. */
export function QueueBasics({ queue, put, view }: QueueFormProps) {
  const text = useCentreText()
  const { serviceLevel, wrapUp } = queue
  const { schedules, wrapUpCodes } = view.centre
  return (
    <Stack>
      <NameField value={queue.name} onChange={(name) => put({ ...queue, name })} />
      <Ticks
        label={text('takes')}
        choices={channels.map((id) => ({ id, label: text(channelKeys[id]) }))}
        chosen={queue.channels}
        onChange={(chosen) => put({ ...queue, channels: channels.filter((channel) => chosen.includes(channel)) })}
      />
      <Row>
        <Select
          label={text('hours')}
          value={queue.scheduleId ?? '-'}
          choices={[{ id: '-', label: text('hoursAlways') }, ...schedules.map(({ id, name }) => ({ id, label: name }))]}
          onChange={(id) => put(withMaybe(queue, 'scheduleId', id === '-' ? undefined : id))}
        />
        <Select
          label={text('recording')}
          value={queue.recording ?? 'company'}
          choices={[
            { id: 'company', label: text('recordingCompany') },
            { id: 'always', label: text('recordingAlways') },
            { id: 'onDemand', label: text('recordingOnDemand') },
            { id: 'never', label: text('recordingNever') },
          ]}
          onChange={(id) => put(withMaybe(queue, 'recording', id === 'company' ? undefined : id))}
        />
      </Row>
      {queue.channels.includes('mail') && (
        <Select
          label={text('mailAccount')}
          value={queue.mailboxId ?? '-'}
          choices={[
            { id: '-', label: text('none') },
            ...view.centre.mailboxes.map(({ id, name }) => ({ id, label: name })),
          ]}
          onChange={(id) => put(withMaybe(queue, 'mailboxId', id === '-' ? undefined : id))}
        />
      )}
      <Row>
        <WholeField
          label={text('levelPercent')}
          value={serviceLevel.percent}
          least={1}
          most={100}
          onChange={(percent) => put({ ...queue, serviceLevel: { ...serviceLevel, percent } })}
        />
        <WholeField
          label={text('levelSeconds')}
          value={serviceLevel.seconds}
          least={1}
          most={86_400}
          onChange={(seconds) => put({ ...queue, serviceLevel: { ...serviceLevel, seconds } })}
        />
        <WholeField
          label={text('shortAbandon')}
          value={queue.shortAbandonSeconds}
          least={0}
          most={600}
          onChange={(shortAbandonSeconds) => put({ ...queue, shortAbandonSeconds })}
        />
        <WholeField
          label={text('wrapUp')}
          value={wrapUp.seconds}
          least={0}
          most={3600}
          onChange={(seconds) => put({ ...queue, wrapUp: { ...wrapUp, seconds } })}
        />
      </Row>
      <Checkbox isOn={wrapUp.needsCode} onChange={(needsCode) => put({ ...queue, wrapUp: { ...wrapUp, needsCode } })}>
        {text('needsCode')}
      </Checkbox>
      {wrapUpCodes.length > 0 && (
        <Stack>
          <Checkbox
            isOn={wrapUp.codeIds !== undefined}
            onChange={(isOn) =>
              put({
                ...queue,
                wrapUp: withMaybe(wrapUp, 'codeIds', isOn ? wrapUpCodes.map(({ id }) => id) : undefined),
              })
            }
          >
            {text('onlyCodes')}
          </Checkbox>
          {wrapUp.codeIds && (
            <Ticks
              label={text('codes')}
              choices={wrapUpCodes.map(({ id, name }) => ({ id, label: name }))}
              chosen={wrapUp.codeIds}
              onChange={(codeIds) => put({ ...queue, wrapUp: { ...wrapUp, codeIds } })}
            />
          )}
        </Stack>
      )}
    </Stack>
  )
}

/** Numbers that lead to a queue; a further one at once, where the queue is published. */
export function QueueNumbers({
  model,
  view,
  queue,
  isPublished,
}: {
  readonly model: CentreModel
  readonly view: CentreView
  readonly queue: Queue
  readonly isPublished: boolean
}) {
  const text = useCentreText()
  const { toasts } = useApp()
  const [number, setNumber] = useState('')
  const asking = useAsking()
  const numbers = view.numbers.filter(({ queueId }) => queueId === queue.id)
  const plain = number.replace(/[\s().-]/g, '')
  const give = () =>
    asking.run(async () => {
      await model.giveNumber(queue.id, plain)
      toasts.show({ tone: 'good', text: text('numberGiven', { number: plain, name: queue.name }) })
      setNumber('')
    })
  return (
    <Labelled label={text('numbers')}>
      <Line>
        {numbers.map((one) => (
          <Badge key={one.number}>{one.number}</Badge>
        ))}
      </Line>
      {isPublished ? (
        <div className={css.asking}>
          <TextField label={text('number')} value={number} onChange={setNumber} inputMode="tel" />
          <Button isDisabled={asking.isBusy || !/^\+?[0-9*#]{1,31}$/.test(plain)} onPress={give}>
            {text('giveNumber')}
          </Button>
        </div>
      ) : (
        <Quiet>{text('numberAfter')}</Quiet>
      )}
      <FaultBanner fault={asking.fault} />
    </Labelled>
  )
}
