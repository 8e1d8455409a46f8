import { useCallback, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useKeptLoaded } from '../../app/use-kept-loaded.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Button, Card, IconButton, Quiet, Select } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { endOf, type Lasts } from '../forwarding-draft.ts'
import css from './handling.module.css'
import { type Profile, ProfileDialog } from './profile-dialog.tsx'

type Profiles = ReplyOf<'readMyProfiles'>
type Device = ReplyOf<'listDevices'>['items'][number]
const lasting = ['forever', 'hour', 'today', 'week'] as const
const kinds = ['workProfile.changed']

/** Where I work now: which of my devices ring and where calls go, by one choice. */
export function ProfilesCard() {
  const { handling, settings } = useWords()
  const format = useFormat()
  const { api, clock, showFault } = useApp()
  const { user } = useMe()
  const submit = useSubmit()
  const [profiles, setProfiles] = useState<Profiles>()
  const [devices, setDevices] = useState<readonly Device[]>([])
  const [lasts, setLasts] = useState<(typeof lasting)[number]>('forever')
  const [edited, setEdited] = useState<{ readonly profile: Profile | undefined }>()
  const load = useCallback(() => {
    Promise.all([api.call('readMyProfiles'), api.call('listDevices', { query: { userId: user.id, limit: 200 } })]).then(
      ([found, own]) => {
        setProfiles(found)
        setDevices(own.items)
      },
      showFault,
    )
  }, [api, user.id, showFault])
  useKeptLoaded(load, kinds)
  if (!profiles) return null
  const { list, active } = profiles
  const choose = (id: string) => {
    const until = endOf({ isOn: true, to: '', lasts: lasts as Lasts }, clock.nowMs())
    const wanted = id === 'none' ? null : { id, ...(until === undefined ? {} : { until }) }
    api.call('chooseMyProfile', { body: { active: wanted } }).then(setProfiles, showFault)
  }
  const put = (next: readonly Profile[]) =>
    submit.run(async () => {
      setProfiles(await api.call('putMyProfiles', { body: { list: [...next] } }))
      setEdited(undefined)
    })
  const labelOf = new Map(devices.map(({ id, label }) => [id, label]))
  const { profile: words } = handling
  const about = ({ deviceIds, forward }: Profile) =>
    [
      deviceIds ? words.rings(deviceIds.map((id) => labelOf.get(id) ?? id).join(', ')) : words.ringsAll,
      ...(forward ? [handling.rule.goesTo[forward.moment](forward.to, forward.afterSeconds ?? 0)] : []),
    ].join(' · ')
  return (
    <Card
      title={handling.profiles}
      tools={
        <Button icon="plus" onPress={() => setEdited({ profile: undefined })}>
          {words.make}
        </Button>
      }
    >
      <Quiet>{handling.profilesHint}</Quiet>
      {list.length > 0 && (
        <div className={css.pair}>
          <Select
            label={words.now}
            value={active?.id ?? 'none'}
            onChange={choose}
            choices={[{ id: 'none', label: words.none }, ...list.map(({ id, name }) => ({ id, label: name }))]}
            {...(active?.until === undefined
              ? {}
              : { hint: settings.until(format.moment(Date.parse(active.until), clock.nowMs())) })}
          />
          <Select
            label={words.newLasts}
            value={lasts}
            onChange={setLasts}
            choices={lasting.map((id) => ({ id, label: settings.lasts[id] }))}
          />
        </div>
      )}
      {list.map((profile, i) => (
        <div key={profile.id} className={css.line}>
          <span className={css.row}>
            <span className={css.name}>{`${i + 1}. ${profile.name}`}</span>
            <span className={css.under}>{about(profile)}</span>
          </span>
          <IconButton
            icon="edit"
            size="small"
            label={handling.rule.edit(profile.name)}
            onPress={() => setEdited({ profile })}
          />
        </div>
      ))}
      {edited && (
        <ProfileDialog
          profile={edited.profile}
          devices={devices}
          submit={submit}
          onSave={(profile) =>
            put(edited.profile ? list.map((one) => (one.id === profile.id ? profile : one)) : [...list, profile])
          }
          onRemove={edited.profile ? () => put(list.filter((one) => one !== edited.profile)) : undefined}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  )
}
