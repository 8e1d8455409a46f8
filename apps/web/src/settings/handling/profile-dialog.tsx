import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import type { Submit } from '../../app/use-submit.ts'
import { Banner, Button, Checkbox, Dialog, Select, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { plainNumber } from '../forwarding-draft.ts'
import css from './handling.module.css'

export type Profile = ReplyOf<'readMyProfiles'>['list'][number]
type Device = ReplyOf<'listDevices'>['items'][number]

const places = ['office', 'home', 'mobile', 'other'] as const
const moments = ['never', 'always', 'noAnswer', 'unreachable'] as const

/** One profile: where, which devices ring, where calls go. */
export function ProfileDialog({
  profile,
  devices,
  submit,
  onSave,
  onRemove,
  onClose,
}: {
  readonly profile: Profile | undefined
  readonly devices: readonly Device[]
  readonly submit: Submit
  readonly onSave: (profile: Profile) => void
  readonly onRemove: (() => void) | undefined
  readonly onClose: () => void
}) {
  const { handling, settings, shell } = useWords()
  const { profile: words } = handling
  const [name, setName] = useState(profile?.name ?? '')
  const [place, setPlace] = useState<Profile['place']>(profile?.place ?? 'office')
  const [chosen, setChosen] = useState<readonly string[]>(profile?.deviceIds ?? devices.map(({ id }) => id))
  const [moment, setMoment] = useState<(typeof moments)[number]>(profile?.forward?.moment ?? 'never')
  const [to, setTo] = useState(profile?.forward?.to ?? '')
  const [seconds, setSeconds] = useState(String(profile?.forward?.afterSeconds ?? 20))
  const isAll = chosen.length === 0 || devices.every(({ id }) => chosen.includes(id))
  const isDone = name.trim() !== '' && (moment === 'never' || plainNumber(to) !== '')
  const save = () =>
    onSave({
      id: profile?.id ?? crypto.randomUUID().slice(0, 8),
      name: name.trim(),
      place,
      ...(isAll ? {} : { deviceIds: [...chosen] }),
      ...(moment === 'never'
        ? {}
        : {
            forward: {
              moment,
              to: plainNumber(to),
              ...(moment === 'noAnswer' ? { afterSeconds: Number(seconds) } : {}),
            },
          }),
    })
  return (
    <Dialog
      title={profile?.name ?? words.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          {onRemove && (
            <Button icon="trash" onPress={onRemove}>
              {shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={!isDone || submit.isBusy} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <div className={css.pair}>
          <TextField label={words.name} value={name} onChange={setName} autoFocus />
          <Select
            label={words.place}
            value={place}
            onChange={setPlace}
            choices={places.map((id) => ({ id, label: words.places[id] }))}
          />
        </div>
        {devices.length > 0 && (
          <fieldset className={css.choices}>
            <legend>{words.devices}</legend>
            <div className={css.days}>
              {devices.map(({ id, label }) => (
                <Checkbox
                  key={id}
                  isOn={chosen.includes(id)}
                  onChange={(isOn) => setChosen(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
                >
                  {label}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        )}
        <Select
          label={words.forward}
          value={moment}
          onChange={setMoment}
          choices={moments.map((id) => ({ id, label: id === 'never' ? words.never : handling.rule.moments[id] }))}
        />
        {moment !== 'never' && (
          <div className={css.pair}>
            <TextField
              label={settings.to}
              hint={settings.toHint}
              value={to}
              onChange={setTo}
              inputMode="tel"
              mistake={submit.mistakeAt('/list')}
            />
            {moment === 'noAnswer' && (
              <TextField
                label={settings.afterSeconds}
                value={seconds}
                onChange={(text) => setSeconds(text.replace(/\D/g, ''))}
                inputMode="numeric"
              />
            )}
          </div>
        )}
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
      </div>
    </Dialog>
  )
}
