import { useEffect, useState } from 'react'
import type { RequestOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Card, Quiet, Segments, Select, Switch, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { answersAll, answersNothing, isAnswering, type Rules } from './answering.ts'
import { GreetingField } from './greeting-field.tsx'
import type { Mailbox, MailboxList } from './mailboxes.ts'
import { voicemailServices } from './services.ts'
import css from './voicemail.module.css'

type Change = NonNullable<RequestOf<'changeMailboxSettings'>['body']>

const kinds = ['standard', 'busy', 'noAnswer', 'away', 'holiday', 'name'] as const
const mailKinds = ['none', 'link', 'attachment'] as const

/** How my mailbox, and those that I share, answer. */
export function Section() {
  const { mailboxes } = voicemailServices
  return mailboxes ? <Settings mailboxes={mailboxes} /> : null
}

function Settings({ mailboxes }: { readonly mailboxes: MailboxList }) {
  const { voicemail } = useWords()
  const mine = useValue(mailboxes.state)
  const [chosen, choose] = useState<string>()
  const box = mine?.items.find(({ id }) => id === chosen) ?? mine?.items[0]
  if (!mine || !box) return null
  const put = (changed: Mailbox) => mailboxes.put(changed)
  return (
    <>
      {mine.items.length > 1 && (
        <Segments
          label={voicemail.boxes}
          value={box.id}
          onChange={choose}
          choices={mine.items.map(({ id, name, isOwn }) => ({ id, label: isOwn ? voicemail.mine : name }))}
        />
      )}
      <Answering key={`answering ${box.id}`} box={box} number={mine.number} onChanged={put} />
      <Card title={voicemail.greetings}>
        {kinds.map((kind) => (
          <GreetingField key={`${box.id} ${kind}`} box={box} kind={kind} onChanged={put} />
        ))}
        <Quiet>{voicemail.greetingsHint}</Quiet>
      </Card>
      <Mails key={`mails ${box.id}`} box={box} onChanged={put} />
      <AtTelephone key={`telephone ${box.id}`} box={box} onChanged={put} />
    </>
  )
}

interface PartProps {
  readonly box: Mailbox
  readonly onChanged: (box: Mailbox) => void
}

/** Sends changes; fields that are typed into are saved by their button. */
function useChange({ box, onChanged }: PartProps) {
  const { api, toasts } = useApp()
  const { voicemail } = useWords()
  const submit = useSubmit()
  const change = (body: Change) =>
    submit.run(async () => {
      onChanged(await api.call('changeMailboxSettings', { params: { boxId: box.id }, body }))
      toasts.show({ tone: 'good', text: voicemail.saved })
    })
  return { submit, change }
}

function Fault({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <Banner tone="bad" isLive>
      {text}
    </Banner>
  )
}

function Answering({ box, number, onChanged }: PartProps & { readonly number: string | undefined }) {
  const { voicemail, shell } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { submit, change } = useChange({ box, onChanged })
  const { settings } = box
  const [assistant, setAssistant] = useState(settings.assistant ?? '')
  const [seconds, setSeconds] = useState(String(settings.mostMessageSeconds))
  const [keepDays, setKeepDays] = useState(settings.keepDays === undefined ? '' : String(settings.keepDays))
  const [away, setAway] = useState('')
  const isAway = settings.awayUntil !== undefined && Date.parse(settings.awayUntil) > clock.nowMs()
  const save = () =>
    change({
      assistant: assistant.trim() === '' ? null : assistant.replaceAll(/[\s()-]/g, ''),
      mostMessageSeconds: Number(seconds),
      keepDays: keepDays === '' ? null : Number(keepDays),
      ...(away === '' ? {} : { awayUntil: new Date(`${away}T00:00:00`).toISOString() }),
    })
  return (
    <Card title={voicemail.answering}>
      {box.isOwn && <ForwardingSwitch number={number} />}
      <Switch isOn={settings.isOn} onChange={(isOn) => change({ isOn })}>
        {voicemail.isOn}
      </Switch>
      <div className={css.fields}>
        <TextField
          label={voicemail.assistant}
          hint={voicemail.assistantHint}
          value={assistant}
          onChange={setAssistant}
          inputMode="tel"
          mistake={submit.mistakeAt('/assistant')}
        />
        <TextField
          label={voicemail.away}
          hint={isAway ? format.dateTime(Date.parse(settings.awayUntil ?? '')) : voicemail.awayHint}
          type="date"
          value={away}
          onChange={setAway}
          mistake={submit.mistakeAt('/awayUntil')}
        />
        {isAway && <Button onPress={() => change({ awayUntil: null })}>{voicemail.clearAway}</Button>}
        <TextField
          label={voicemail.mostSeconds}
          value={seconds}
          onChange={(text) => setSeconds(text.replace(/\D/g, ''))}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMessageSeconds')}
        />
        <TextField
          label={voicemail.keepDays}
          hint={voicemail.keepDaysHint}
          value={keepDays}
          onChange={(text) => setKeepDays(text.replace(/\D/g, ''))}
          inputMode="numeric"
          mistake={submit.mistakeAt('/keepDays')}
        />
      </div>
      <Quiet>{voicemail.room(Math.ceil(box.usedSeconds / 60), settings.mostMinutes)}</Quiet>
      <Fault text={submit.fault} />
      <div>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {shell.save}
        </Button>
      </div>
    </Card>
  )
}

/** One switch for what are three rules of forwarding. */
function ForwardingSwitch({ number }: { readonly number: string | undefined }) {
  const { voicemail } = useWords()
  const { api, events, showFault } = useApp()
  const [rules, setRules] = useState<Rules>()
  useEffect(() => {
    const load = () => {
      api.call('readMyForwarding').then((found) => setRules(found.rules), showFault)
    }
    load()
    const stops = [
      events.onLive(load),
      events.onEvent(({ kind }) => {
        if (kind === 'callHandling.changed') load()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [api, events, showFault])
  if (number === undefined) return <Quiet>{voicemail.noNumber}</Quiet>
  if (!rules) return null
  const change = (isOn: boolean) => {
    const body = isOn ? answersAll(rules, number) : answersNothing(rules, number)
    api.call('putMyForwarding', { body }).then((put) => setRules(put.rules), showFault)
  }
  return (
    <>
      <Switch isOn={isAnswering(rules, number)} onChange={change}>
        {voicemail.answersForMe}
      </Switch>
      <Quiet>{voicemail.answersHint(number)}</Quiet>
    </>
  )
}

function Mails({ box, onChanged }: PartProps) {
  const { voicemail, shell } = useWords()
  const { submit, change } = useChange({ box, onChanged })
  const [mail, setMail] = useState(box.settings.mail)
  const [mailTo, setMailTo] = useState(box.settings.mailTo ?? '')
  return (
    <Card title={voicemail.mails}>
      <div className={css.fields}>
        <Select
          label={voicemail.mail}
          value={mail}
          onChange={setMail}
          choices={mailKinds.map((id) => ({ id, label: voicemail.mailKinds[id] }))}
        />
        {mail !== 'none' && (
          <TextField
            label={voicemail.mailTo}
            hint={voicemail.mailToHint}
            type="email"
            value={mailTo}
            onChange={setMailTo}
            mistake={submit.mistakeAt('/mailTo')}
          />
        )}
      </div>
      <Fault text={submit.fault} />
      <div>
        <Button
          kind="primary"
          isDisabled={submit.isBusy}
          onPress={() => change({ mail, mailTo: mailTo.trim() === '' ? null : mailTo.trim() })}
        >
          {shell.save}
        </Button>
      </div>
    </Card>
  )
}

function AtTelephone({ box, onChanged }: PartProps) {
  const { voicemail } = useWords()
  const { api, toasts } = useApp()
  const { submit, change } = useChange({ box, onChanged })
  const [pin, setPin] = useState('')
  const { skipsPin, saysDetails } = box.settings
  const save = () =>
    submit.run(async () => {
      await api.call('setMailboxPin', { params: { boxId: box.id }, body: { pin } })
      onChanged({ ...box, hasPin: true })
      setPin('')
      toasts.show({ tone: 'good', text: voicemail.pinChanged })
    })
  return (
    <Card title={voicemail.atPhone}>
      <Quiet>{box.hasPin ? voicemail.pinSet : voicemail.pinNone}</Quiet>
      <div className={css.fields}>
        <TextField
          label={voicemail.newPin}
          hint={voicemail.pinHint}
          type="password"
          autoComplete="new-password"
          inputMode="numeric"
          value={pin}
          onChange={(text) => setPin(text.replace(/\D/g, '').slice(0, 10))}
          mistake={submit.mistakeAt('/pin')}
        />
        <Button isDisabled={pin.length < 4 || submit.isBusy} onPress={save}>
          {voicemail.setPin}
        </Button>
      </div>
      <Switch isOn={skipsPin} onChange={(isOn) => change({ skipsPin: isOn })}>
        {voicemail.skipsPin}
      </Switch>
      <Switch isOn={saysDetails} onChange={(isOn) => change({ saysDetails: isOn })}>
        {voicemail.saysDetails}
      </Switch>
      <Fault text={submit.fault} />
    </Card>
  )
}
