import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Card, Line, Quiet, Stack, Switch, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { codeOf, codeText } from './code-text.ts'
import { useTelephoneFeatures } from './use-telephone.ts'
import css from './telephone.module.css'

type Own = ReplyOf<'readMyTelephone'>

/** What people do at telephones: the codes of the company, intercom, and the PIN of shared desk phones. */
export function Section() {
  const { api, events, showFault } = useApp()
  const [own, setOwn] = useState<Own>()
  const load = useCallback(() => {
    api.call('readMyTelephone').then(setOwn, showFault)
  }, [api, showFault])
  useEffect(() => {
    load()
    const stops = [events.onNotice('desks.changed', load), events.onLive(load)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [load, events])
  const features = useTelephoneFeatures()
  return (
    <Stack>
      {features && <Codes features={features} />}
      {own && <Intercom own={own} onChanged={setOwn} />}
      {own && features && <Desk own={own} code={codeOf(features.codes, 'deskSharing')} onChanged={setOwn} />}
    </Stack>
  )
}

function Codes({ features }: { readonly features: ReplyOf<'readTelephoneFeatures'> }) {
  const words = useWords()
  const { telephone } = words
  const { user } = useMe()
  const { first, count } = features.parking
  const last = String(Number(first) + count - 1).padStart(first.length, '0')
  const groups = features.pickupGroups.filter(({ userIds }) => userIds.includes(user.id)).map(({ name }) => name)
  return (
    <Card title={telephone.codes}>
      <Quiet>{telephone.codesHint}</Quiet>
      <dl className={css.codes}>
        {features.codes
          .filter(({ code }) => code !== '')
          .map((code) => (
            <div key={code.feature} className={css.codeRow}>
              <dt className={css.code}>{codeText(code, words)}</dt>
              <dd className={css.does}>{telephone.features[code.feature]}</dd>
            </div>
          ))}
      </dl>
      <Quiet>{telephone.places(first, last)}</Quiet>
      <Quiet>{groups.length > 0 ? telephone.ownGroups(groups.join(', ')) : telephone.noGroups}</Quiet>
    </Card>
  )
}

function Intercom({ own, onChanged }: { readonly own: Own; readonly onChanged: (own: Own) => void }) {
  const { telephone } = useWords()
  const { api, showFault } = useApp()
  const put = (intercom: boolean) => {
    api.call('changeMyTelephone', { body: { intercom } }).then(onChanged, showFault)
  }
  return (
    <Card title={telephone.intercom}>
      <Switch isOn={own.intercom} onChange={put}>
        {telephone.intercomOn}
      </Switch>
      <Quiet>{telephone.intercomHint}</Quiet>
    </Card>
  )
}

function Desk({
  own,
  code,
  onChanged,
}: {
  readonly own: Own
  readonly code: string | undefined
  readonly onChanged: (own: Own) => void
}) {
  const { telephone } = useWords()
  const format = useFormat()
  const { api, toasts, showFault } = useApp()
  const submit = useSubmit()
  const [pin, setPin] = useState('')
  const put = (deskPin: string | null) =>
    submit.run(async () => {
      onChanged(await api.call('changeMyTelephone', { body: { deskPin } }))
      setPin('')
      if (deskPin !== null) toasts.show({ tone: 'good', text: telephone.pinSaved })
    })
  const leave = () => {
    api.call('leaveMyDesk').then(() => onChanged({ intercom: own.intercom, hasDeskPin: own.hasDeskPin }), showFault)
  }
  if (code === undefined) return null
  return (
    <Card title={telephone.desk}>
      <Quiet>{telephone.deskHint(code)}</Quiet>
      {own.desk && (
        <Banner tools={<Button onPress={leave}>{telephone.leave}</Button>}>
          {telephone.sitAt(`${own.desk.desk} (${own.desk.label})`, format.time(Date.parse(own.desk.since ?? '')))}
        </Banner>
      )}
      {own.hasDeskPin && <Quiet>{telephone.pinSet}</Quiet>}
      <Line>
        <TextField
          label={telephone.pin}
          hint={telephone.pinHint}
          value={pin}
          onChange={setPin}
          mistake={submit.mistakeAt('/deskPin')}
          inputMode="numeric"
          maxLength={10}
        />
      </Line>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <Line>
        <Button kind="primary" isDisabled={submit.isBusy || !/^\d{4,10}$/.test(pin)} onPress={() => put(pin)}>
          {telephone.pinChange}
        </Button>
        {own.hasDeskPin && (
          <Button isDisabled={submit.isBusy} onPress={() => put(null)}>
            {telephone.pinRemove}
          </Button>
        )}
      </Line>
    </Card>
  )
}
