import { useState } from 'react'
import { ApiFault } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Stack, Tabs, TextField, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import type { Trunk } from '../use-company.ts'
import {
  bodyOf,
  draftOfProfile,
  draftOfTrunk,
  emptyTrunk,
  isReadable,
  type Profile,
  type TrunkDraft,
} from './trunk-draft.ts'
import { AccountPage, CallerPage, LimitsPage, NumbersPage, TrustPage, WayPage } from './trunk-pages.tsx'
import { patchOf } from './trunk-patch.ts'
import { TrunkStateView } from './trunk-state.tsx'
import type { TrunkState } from './use-trunk-states.ts'

const profiles = ['none', 'provider', 'pbx', 'mediation', 'teams'] as const

/** A trunk that is made or changed, and how it is. */
export function TrunkDialog({
  trunk,
  state,
  delivered,
  onChecked,
  onClose,
}: {
  readonly trunk?: Trunk
  readonly state?: TrunkState | undefined
  /** The profiles as the server has them. */
  readonly delivered: readonly Profile[]
  readonly onChecked: () => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const submit = useSubmit({ tellsMistakes: true })
  const checking = useSubmit()
  // As it was when the form was opened; `trunk` goes on.
  const [before] = useState(trunk)
  const [draft, setDraft] = useState<TrunkDraft>(() => (trunk ? draftOfTrunk(trunk) : emptyTrunk))
  const [page, setPage] = useState('way')
  const [wrong, setWrong] = useState<readonly string[]>([])
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const set =
    <K extends keyof TrunkDraft>(key: K) =>
    (value: TrunkDraft[K]) =>
      setDraft((before) => ({ ...before, [key]: value }))
  const save = () =>
    submit.run(async () => {
      setWrong([])
      try {
        await (trunk && before
          ? api.call('changeTrunk', { params: { trunkId: trunk.id }, body: patchOf(before, draft, trunk) })
          : api.call('createTrunk', { body: bodyOf(draft) }))
      } catch (error) {
        if (error instanceof ApiFault) setWrong(error.mistakes.map(({ path, reason }) => `${path.slice(1)} ${reason}`))
        throw error
      }
      toasts.show({ tone: 'good', text: admin.trunks.saved(draft.name) })
      onClose()
    })
  const check = () =>
    checking.run(async () => {
      await api.call('checkTrunk', { params: { trunkId: trunk!.id } })
      onChecked()
    })
  const askRemove = () =>
    ask({
      title: `${shell.remove}: ${trunk!.name}`,
      text: admin.trunks.removeAsk(trunk!.name),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeTrunk', { params: { trunkId: trunk!.id } })
        toasts.show({ tone: 'good', text: admin.trunks.removed(trunk!.name) })
        onClose()
      },
    })
  const choose = (name: (typeof profiles)[number]) => {
    const profile = delivered.find((one) => one.name === name)
    setDraft((before) => (profile ? draftOfProfile(profile, before.name) : { ...emptyTrunk, name: before.name }))
  }
  const props = { draft, set, submit }
  const kept = [trunk?.login?.username, trunk?.incomingLogin?.username].filter((name) => name !== undefined)
  const { pages } = admin.trunks
  return (
    <Dialog
      title={trunk?.name ?? admin.trunks.make}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          {trunk && (
            <Button icon="trash" onPress={askRemove}>
              {shell.remove}
            </Button>
          )}
          {trunk && (
            <Button onPress={check} isDisabled={checking.isBusy}>
              {admin.trunks.check}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || !isReadable(draft)} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      {dialog}
      <Stack>
        {state && <TrunkStateView state={state} />}
        {checking.fault && <Banner tone="bad">{checking.fault}</Banner>}
        <div className={css.form}>
          <TextField
            label={admin.trunks.name}
            hint={admin.trunks.nameHint}
            value={draft.name}
            onChange={set('name')}
            mistake={submit.mistakeAt('/name')}
            autoFocus={!trunk}
          />
          {!trunk && (
            <Select
              label={admin.trunks.profile}
              value={draft.profile ?? 'none'}
              onChange={choose}
              choices={profiles.map((id) => ({
                id,
                label: id === 'teams' ? 'Microsoft Teams Direct Routing' : admin.trunks.profiles[id],
              }))}
            />
          )}
        </div>
        <Tabs
          label={admin.trunks.make}
          chosen={page}
          onChoose={setPage}
          pages={[
            { id: 'way', label: pages.way, content: <WayPage {...props} /> },
            { id: 'account', label: pages.account, content: <AccountPage {...props} kept={kept} /> },
            { id: 'numbers', label: pages.numbers, content: <NumbersPage {...props} /> },
            { id: 'caller', label: pages.caller, content: <CallerPage {...props} /> },
            { id: 'limits', label: pages.limits, content: <LimitsPage {...props} /> },
            { id: 'trust', label: pages.trust, content: <TrustPage {...props} /> },
          ]}
        />
        {wrong.length > 0 && (
          <Banner tone="bad" isLive>
            {admin.trunks.wrong}
            <ul>
              {wrong.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Banner>
        )}
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
      </Stack>
    </Dialog>
  )
}
