import { useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, TextField, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { useList } from '../use-list.ts'
import { GroupFields } from './group-fields.tsx'
import type { PhoneNumber, User } from '../use-company.ts'
import { draftOfNumber, emptyNumber, type NumberDraft, plainNumber, type Service, targetOf } from './number-draft.ts'

const services: readonly Service[] = ['echo', 'conference', 'voicemail', 'queue', 'flow']
const kinds = ['user', 'group', 'shared', 'short', 'service'] as const

/** Which call rule a number leads to. */
function FlowSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (flowId: string) => void
}) {
  const { admin } = useWords()
  const { api } = useApp()
  const flows = useList(
    'flows to choose',
    () => api.call('listFlows', { query: { limit: 1000 } }),
    () => false,
  )
  return (
    <Select
      label={admin.numbers.whichFlow}
      value={value}
      onChange={onChange}
      choices={(flows.items ?? []).map(({ id, name }) => ({ id, label: name }))}
      mistake={flows.items?.length === 0 ? admin.numbers.noFlows : undefined}
    />
  )
}

/** Which queue a number leads to. */
function QueueSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (queueId: string) => void
}) {
  const { admin } = useWords()
  const { api } = useApp()
  const queues = useList(
    'queues to choose',
    async () => ({ items: (await api.call('readCentre')).centre.queues }),
    () => false,
  )
  return (
    <Select
      label={admin.numbers.whichQueue}
      value={value}
      onChange={onChange}
      choices={(queues.items ?? []).map(({ id, name }) => ({ id, label: name }))}
      mistake={queues.items?.length === 0 ? admin.numbers.noQueues : undefined}
    />
  )
}

/** What a number reaches: a person, a group, a line, a service, or what another number reaches. */
export function NumberDialog({
  number,
  users,
  onClose,
}: {
  readonly number?: PhoneNumber
  readonly users: readonly User[]
  readonly onClose: () => void
}) {
  const words = useWords()
  const { admin, shell } = words
  const format = useFormat()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [draft, setDraft] = useState(() => (number ? draftOfNumber(number) : emptyNumber))
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const set = (change: Partial<NumberDraft>) => setDraft({ ...draft, ...change })
  const target = targetOf(draft)
  const people = [...users].sort((a, b) => format.compare(a.displayName, b.displayName))
  const save = () =>
    submit.run(async () => {
      if (!target) return
      const text = plainNumber(draft.number)
      await (number
        ? api.call('changeNumber', { params: { number: number.number }, body: { target } })
        : api.call('createNumber', { body: { number: text, target } }))
      toasts.show({ tone: 'good', text: admin.numbers.saved(text) })
      onClose()
    })
  const askRemove = () =>
    ask({
      title: `${shell.remove}: ${number!.number}`,
      text: admin.numbers.removeAsk(number!.number),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeNumber', { params: { number: number!.number } })
        toasts.show({ tone: 'good', text: admin.numbers.removed(number!.number) })
        onClose()
      },
    })
  return (
    <Dialog
      title={number?.number ?? admin.numbers.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          {number && (
            <Button icon="trash" onPress={askRemove}>
              {shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || !target} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      {dialog}
      {!number && (
        <TextField
          label={admin.numbers.number}
          hint={admin.numbers.numberHint}
          value={draft.number}
          onChange={(text) => set({ number: text })}
          mistake={submit.mistakeAt('/number')}
          inputMode="tel"
          autoFocus
        />
      )}
      <Select
        label={admin.numbers.kind}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        choices={kinds.map((id) => ({ id, label: admin.numbers.kinds[id] }))}
      />
      {draft.kind === 'user' && (
        <Select
          label={admin.numbers.person}
          value={draft.userId}
          onChange={(userId) => set({ userId })}
          choices={people.map(({ id, displayName }) => ({ id, label: displayName }))}
        />
      )}
      {draft.kind === 'service' && (
        <Select
          label={admin.numbers.service}
          value={draft.service}
          onChange={(service) => set({ service, serviceId: undefined })}
          choices={services.map((id) => ({ id, label: admin.numbers.services[id] }))}
        />
      )}
      {draft.kind === 'service' && draft.service === 'flow' && (
        <FlowSelect value={draft.serviceId} onChange={(serviceId) => set({ serviceId })} />
      )}
      {draft.kind === 'service' && draft.service === 'queue' && (
        <QueueSelect value={draft.serviceId} onChange={(serviceId) => set({ serviceId })} />
      )}
      {(draft.kind === 'group' || draft.kind === 'shared') && (
        <GroupFields draft={draft} set={set} people={people} mistakeAt={submit.mistakeAt} />
      )}
      {draft.kind === 'short' && (
        <>
          <TextField
            label={admin.numbers.shortTo}
            hint={admin.numbers.shortHint}
            value={draft.to}
            onChange={(to) => set({ to })}
            inputMode="tel"
            mistake={submit.mistakeAt('/target/to')}
          />
          <TextField label={admin.numbers.shortName} value={draft.name} onChange={(name) => set({ name })} />
        </>
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
