import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Segments, Select, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './calendar.module.css'
import type { Calendar } from './health-text.ts'
import type { CalendarHands, CalendarWish } from './use-calendar.ts'

export const showChoices = ['busy', 'place', 'all'] as const

/** Where a calendar is and what opens it. What is kept of it is never shown: an empty field keeps it. */
export function CalendarForm({
  known,
  isOther,
  onPut,
  onDone,
  onCancel,
}: {
  readonly known: Calendar | undefined
  readonly isOther: boolean
  readonly onPut: CalendarHands['put']
  readonly onDone: () => void
  readonly onCancel: (() => void) | undefined
}) {
  const { calendar } = useWords()
  const { toasts } = useApp()
  const submit = useSubmit()
  const [protocol, setProtocol] = useState<Calendar['protocol']>(known?.protocol ?? 'feed')
  const [address, setAddress] = useState('')
  const [login, setLogin] = useState(known?.login ?? '')
  const [password, setPassword] = useState('')
  const [shows, setShows] = useState<Calendar['shows']>('busy')
  const save = () =>
    submit.run(async () => {
      const wish: CalendarWish = {
        protocol,
        login: login.trim(),
        ...(address.trim() === '' ? {} : { address: address.trim() }),
        ...(password === '' ? {} : { password }),
        ...(known ? {} : { shows }),
      }
      await onPut(wish)
      toasts.show({ tone: 'good', text: calendar.saved })
      onDone()
    })
  return (
    <>
      <Segments
        label={calendar.protocol}
        value={protocol}
        onChange={setProtocol}
        choices={(['feed', 'caldav'] as const).map((id) => ({ id, label: calendar.protocols[id] }))}
      />
      <div className={css.fields}>
        <div className={css.whole}>
          <TextField
            label={calendar.address}
            hint={known ? calendar.addressKept(known.server) : calendar.addressHints[protocol]}
            value={address}
            onChange={setAddress}
            type="url"
            autoComplete="off"
            maxLength={2000}
            mistake={submit.mistakeAt('/address')}
          />
        </div>
        <TextField
          label={calendar.login}
          hint={calendar.loginHint}
          value={login}
          onChange={setLogin}
          autoComplete="off"
          maxLength={200}
          mistake={submit.mistakeAt('/login')}
        />
        <TextField
          label={calendar.password}
          hint={known?.login === undefined ? calendar.passwordHint : calendar.passwordKept}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="new-password"
          maxLength={500}
          mistake={submit.mistakeAt('/password')}
        />
        {!known && (
          <Select
            label={calendar.shows}
            hint={isOther ? calendar.showsOfOther : calendar.showsHint}
            value={shows}
            onChange={setShows}
            choices={showChoices
              .filter((id) => !isOther || id !== 'all')
              .map((id) => ({ id, label: calendar.showing[id] }))}
          />
        )}
      </div>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <div className={css.foot}>
        <Button kind="primary" isDisabled={submit.isBusy || (!known && address.trim() === '')} onPress={save}>
          {known ? calendar.save : calendar.follow}
        </Button>
        {onCancel && <Button onPress={onCancel}>{calendar.cancel}</Button>}
      </div>
    </>
  )
}
