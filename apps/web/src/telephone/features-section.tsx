import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { ApiFault } from '../api/api.ts'
import css from '../admin/admin.module.css'
import { MembersField } from '../admin/numbers/members-field.tsx'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { faultText } from '../app/app.ts'
import { Badge, Banner, Button, Card, Line, Page, Quiet, Select, Stack, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { codeText } from './code-text.ts'
import own from './telephone.module.css'

type Features = ReplyOf<'readTelephoneFeatures'>
type User = ReplyOf<'listUsers'>['items'][number]
type Desks = ReplyOf<'listDesks'>['items']

/** What the company's telephones can do by codes: the codes, parking places, pickup groups, and who sits at shared desks. */
export function Section() {
  const { telephone } = useWords()
  const { api, showFault } = useApp()
  const [features, setFeatures] = useState<Features>()
  const [people, setPeople] = useState<readonly User[]>()
  useEffect(() => {
    api.call('readTelephoneFeatures').then(setFeatures, showFault)
    api.call('listUsers', { query: { limit: 1000 } }).then(({ items }) => setPeople(items), showFault)
  }, [api, showFault])
  return (
    <Page title={telephone.admin.title}>
      {features && people && (
        <FeaturesForm key={JSON.stringify(features)} features={features} people={people} onSaved={setFeatures} />
      )}
      <DesksCard />
    </Page>
  )
}

function FeaturesForm({
  features,
  people,
  onSaved,
}: {
  readonly features: Features
  readonly people: readonly User[]
  readonly onSaved: (features: Features) => void
}) {
  const words = useWords()
  const { telephone, shell } = words
  const { admin } = telephone
  const { api, toasts } = useApp()
  const submit = useSubmit({ tellsMistakes: true })
  const [mistakes, setMistakes] = useState<readonly { readonly path: string; readonly reason: string }[]>([])
  const [codes, setCodes] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(features.codes.map(({ feature, code }) => [feature, code])),
  )
  const [parking, setParking] = useState({
    first: features.parking.first,
    count: String(features.parking.count),
    recallSeconds: String(features.parking.recallSeconds),
    fallback: features.parking.fallback ?? '',
  })
  const [groups, setGroups] = useState<readonly { readonly name: string; readonly userIds: readonly string[] }[]>(
    features.pickupGroups,
  )
  const [hour, setHour] = useState(features.deskLogoutHour === undefined ? 'never' : String(features.deskLogoutHour))
  const changed = features.codes.filter(({ feature, code }) => codes[feature] !== code)
  const save = () =>
    submit.run(async () => {
      setMistakes([])
      try {
        const { fallback } = parking
        const saved = await api.call('changeTelephoneFeatures', {
          body: {
            codes: changed.map(({ feature }) => ({ feature, code: (codes[feature] ?? '').trim() })),
            parking: {
              first: parking.first.trim(),
              count: Number(parking.count),
              recallSeconds: Number(parking.recallSeconds),
              ...(fallback.trim() === '' ? {} : { fallback: fallback.trim() }),
            },
            pickupGroups: groups.map(({ name, userIds }) => ({ name: name.trim(), userIds: [...userIds] })),
            deskLogoutHour: hour === 'never' ? null : Number(hour),
          },
        })
        toasts.show({ tone: 'good', text: admin.saved })
        onSaved(saved)
      } catch (fault) {
        if (fault instanceof ApiFault) setMistakes(fault.mistakes)
        throw fault
      }
    })
  const mistakeAt = (path: string) =>
    mistakes.find((mistake) => mistake.path === path || mistake.path.startsWith(`${path}/`))?.reason
  const elsewhere = mistakes.filter(({ path }) => path === '/codes').map(({ reason }) => reason)
  return (
    <Stack>
      <Card title={telephone.codes}>
        <Quiet>{admin.codesHint}</Quiet>
        <div className={css.form}>
          {features.codes.map((code) => (
            <TextField
              key={code.feature}
              label={telephone.features[code.feature]}
              hint={admin.delivered(codeText({ ...code, code: code.delivered }, words))}
              value={codes[code.feature] ?? ''}
              onChange={(value) => setCodes({ ...codes, [code.feature]: value })}
              mistake={mistakeAt(`/codes/${changed.findIndex(({ feature }) => feature === code.feature)}`)}
              maxLength={6}
            />
          ))}
        </div>
      </Card>
      <Card title={admin.parking}>
        <div className={css.form}>
          <TextField
            label={admin.first}
            value={parking.first}
            onChange={(first) => setParking({ ...parking, first })}
            mistake={mistakeAt('/parking')}
            inputMode="numeric"
          />
          <TextField
            label={admin.count}
            value={parking.count}
            onChange={(count) => setParking({ ...parking, count })}
            mistake={mistakeAt('/parking/count')}
            inputMode="numeric"
          />
          <TextField
            label={admin.recall}
            hint={admin.recallHint}
            value={parking.recallSeconds}
            onChange={(recallSeconds) => setParking({ ...parking, recallSeconds })}
            mistake={mistakeAt('/parking/recallSeconds')}
            inputMode="numeric"
          />
          <TextField
            label={admin.fallback}
            hint={admin.fallbackHint}
            value={parking.fallback}
            onChange={(fallback) => setParking({ ...parking, fallback })}
            mistake={mistakeAt('/parking/fallback')}
            inputMode="tel"
          />
        </div>
      </Card>
      <Card
        title={admin.groups}
        tools={
          <Button icon="plus" onPress={() => setGroups([...groups, { name: '', userIds: [] }])}>
            {admin.addGroup}
          </Button>
        }
      >
        {groups.length === 0 && <Quiet>{admin.noGroups}</Quiet>}
        {groups.map((group, index) => {
          const put = (next: typeof group) => setGroups(groups.map((one, i) => (i === index ? next : one)))
          return (
            // Groups have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className={own.desk}>
              <Line>
                <TextField
                  label={admin.groupName}
                  value={group.name}
                  onChange={(name) => put({ ...group, name })}
                  mistake={mistakeAt(`/pickupGroups/${index}`)}
                  maxLength={100}
                />
                <Button icon="trash" onPress={() => setGroups(groups.filter((_, i) => i !== index))}>
                  {shell.remove}
                </Button>
              </Line>
              <MembersField
                people={people}
                members={group.userIds}
                onChange={(userIds) => put({ ...group, userIds })}
              />
            </div>
          )
        })}
      </Card>
      <Card title={admin.night}>
        <Select
          label={admin.night}
          hint={admin.nightHint}
          choices={[
            { id: 'never', label: admin.never },
            ...Array.from({ length: 24 }, (_, at) => ({ id: String(at), label: admin.hour(at) })),
          ]}
          value={hour}
          onChange={setHour}
        />
      </Card>
      {(submit.fault !== undefined || elsewhere.length > 0) && (
        <Banner tone="bad" isLive>
          {submit.fault ?? elsewhere.join(' ')}
        </Banner>
      )}
      <Line>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {shell.save}
        </Button>
      </Line>
    </Stack>
  )
}

function DesksCard() {
  const words = useWords()
  const { admin } = words.telephone
  const { api, events, toasts } = useApp()
  const [desks, setDesks] = useState<Desks>()
  const load = useCallback(() => {
    api.call('listDesks').then(
      ({ items }) => setDesks(items),
      () => {},
    )
  }, [api])
  useEffect(() => {
    load()
    return events.onNotice('desks.changed', load)
  }, [load, events])
  const clear = (deviceId: string) => {
    api.call('clearDesk', { params: { deviceId } }).then(load, (fault: unknown) => {
      toasts.show({ tone: 'bad', text: faultText(words, fault) })
    })
  }
  if (!desks) return null
  return (
    <Card title={admin.desks}>
      {desks.length === 0 && <Quiet>{admin.noDesks}</Quiet>}
      {desks.map(({ deviceId, desk, number, label, person }) => (
        <div key={deviceId} className={own.row}>
          <div className={own.who}>
            <strong>{desk}</strong> {number} · {label}
          </div>
          {person ? <Badge tone="info">{person.name}</Badge> : <Badge>{admin.free}</Badge>}
          {person && (
            <Button size="small" aria-label={`${admin.logOut}: ${person.name}`} onPress={() => clear(deviceId)}>
              {admin.logOut}
            </Button>
          )}
        </div>
      ))}
    </Card>
  )
}
