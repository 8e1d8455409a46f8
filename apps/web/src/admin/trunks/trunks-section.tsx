import { useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import {
  Banner,
  Button,
  Dialog,
  Empty,
  Page,
  Select,
  Table,
  type TableColumn,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { type Trunk, useTrunks } from '../use-company.ts'
import { badTarget, bodyOf, draftOfTrunk, emptyTrunk, type TrunkDraft } from './trunk-draft.ts'

const keyings = ['auto', 'sdes', 'dtls', 'none'] as const

/** The ways out to the telephone network. */
export function Section({ id }: SectionProps) {
  const { admin } = useWords()
  const format = useFormat()
  const { router } = useApp()
  const trunks = useTrunks()
  const [isNew, setNew] = useState(false)
  const columns: TableColumn<Trunk>[] = [
    { id: 'name', title: admin.trunks.name, cell: ({ name }) => name },
    {
      id: 'targets',
      title: admin.trunks.targets,
      cell: ({ targets }) =>
        targets.map(({ host, port, protocol }) => `${protocol}:${host}${port ? `:${port}` : ''}`).join(', '),
    },
    { id: 'prefixes', title: admin.trunks.prefixes, cell: ({ prefixes }) => prefixes.join(' ') },
    {
      id: 'channels',
      title: admin.trunks.channels,
      cell: ({ channels }) => (channels === undefined ? admin.trunks.noLimit : format.number(channels)),
    },
  ]
  const opened = id === undefined ? undefined : trunks.items?.find((trunk) => trunk.id === id)
  return (
    <Page
      title={admin.sections.trunks}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {admin.trunks.make}
        </Button>
      }
    >
      <Listed list={trunks}>
        {(items) => (
          <Table
            label={admin.sections.trunks}
            columns={columns}
            rows={items}
            onOpen={(trunk) => router.go(`/admin/trunks/${trunk.id}`)}
            empty={<Empty icon="trunk" title={admin.trunks.none} />}
          />
        )}
      </Listed>
      {isNew && <TrunkDialog onClose={() => setNew(false)} />}
      {opened && <TrunkDialog key={opened.id} trunk={opened} onClose={() => router.go('/admin/trunks')} />}
    </Page>
  )
}

function TrunkDialog({ trunk, onClose }: { readonly trunk?: Trunk; readonly onClose: () => void }) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [draft, setDraft] = useState<TrunkDraft>(() => (trunk ? draftOfTrunk(trunk) : emptyTrunk))
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const set =
    <K extends keyof TrunkDraft>(key: K) =>
    (value: TrunkDraft[K]) =>
      setDraft({ ...draft, [key]: value })
  const bad = badTarget(draft)
  const save = () =>
    submit.run(async () => {
      const body = bodyOf(draft)
      await (trunk
        ? api.call('changeTrunk', {
            params: { trunkId: trunk.id },
            body: { ...body, channels: body.channels ?? null },
          })
        : api.call('createTrunk', { body }))
      toasts.show({ tone: 'good', text: admin.trunks.saved(body.name) })
      onClose()
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
  return (
    <Dialog
      title={trunk?.name ?? admin.trunks.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          {trunk && (
            <Button icon="trash" onPress={askRemove}>
              {shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || bad !== undefined} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      {dialog}
      <div className={css.form}>
        <TextField
          label={admin.trunks.name}
          hint={admin.trunks.nameHint}
          value={draft.name}
          onChange={set('name')}
          mistake={submit.mistakeAt('/name')}
          autoFocus
        />
        <TextField
          label={admin.trunks.channels}
          hint={admin.trunks.channelsHint}
          value={draft.channels}
          onChange={set('channels')}
          mistake={submit.mistakeAt('/channels')}
          inputMode="numeric"
        />
      </div>
      <TextField
        label={admin.trunks.targets}
        hint={admin.trunks.targetsHint}
        isLong
        value={draft.targets}
        onChange={set('targets')}
        mistake={bad === undefined ? submit.mistakeAt('/targets') : admin.trunks.badTarget(bad)}
      />
      <TextField
        label={admin.trunks.from}
        hint={admin.trunks.fromHint}
        isLong
        value={draft.from}
        onChange={set('from')}
        mistake={submit.mistakeAt('/fromAddresses')}
      />
      <div className={css.form}>
        <TextField
          label={admin.trunks.prefixes}
          hint={admin.trunks.prefixesHint}
          value={draft.prefixes}
          onChange={set('prefixes')}
          mistake={submit.mistakeAt('/prefixes')}
        />
        <Select
          label={admin.trunks.keying}
          value={draft.keying}
          onChange={set('keying')}
          choices={keyings.map((keying) => ({ id: keying, label: admin.users.keyings[keying] }))}
        />
      </div>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
