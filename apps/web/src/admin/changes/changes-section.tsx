import { useCallback, useEffect } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Banner, Button, Card, Empty, Page, Quiet, Stack, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { usePaged } from './use-paged.ts'

type ChangeSet = ReplyOf<'listConfigurationChanges'>['items'][number]
type Change = ChangeSet['changes'][number]

/** Who changed what, from what to what, and the way back. */
export function Section() {
  const words = useWords()
  const { admin } = words
  const { api, events, toasts } = useApp()
  const load = useCallback(
    (before: number | undefined) =>
      api.call('listConfigurationChanges', { query: { limit: 30, ...(before === undefined ? {} : { before }) } }),
    [api],
  )
  const { items, hasMore, fault, more, reload } = usePaged<ChangeSet>(load)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => events.onEvent(({ kind }) => kind === 'configuration.changed' && reload()), [events, load])
  const undo = (set: ChangeSet) =>
    ask({
      title: admin.changes.undo,
      text: admin.changes.undoAsk,
      yes: admin.changes.undo,
      run: async () => {
        await api.call('undoConfigurationChange', { params: { number: String(set.number) } })
        toasts.show({ tone: 'good', text: admin.changes.undone })
        reload()
      },
    })
  return (
    <Page title={admin.sections.changes}>
      {dialog}
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      {items?.length === 0 && <Empty icon="history" title={admin.changes.none} />}
      <Stack>
        {items?.map((set) => (
          <ChangeCard key={set.number} set={set} onUndo={() => undo(set)} />
        ))}
      </Stack>
      {hasMore && <Button onPress={more}>{admin.changes.more}</Button>}
    </Page>
  )
}

function ChangeCard({ set, onUndo }: { readonly set: ChangeSet; readonly onUndo: () => void }) {
  const { admin } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const who = set.by.kind === 'user' ? set.by.name : `${admin.changes.system} (${set.by.name})`
  const at = format.moment(Date.parse(set.at), clock.nowMs())
  const what = set.changes
    .slice(0, 3)
    .map(
      ({ object, name, what: done }) =>
        `${admin.changes.objects[object as keyof typeof admin.changes.objects] ?? object} ${name} ${admin.changes.what[done]}`,
    )
    .join(', ')
  const more = set.changes.length > 3 ? ` +${format.number(set.changes.length - 3)}` : ''
  return (
    <Card
      isEntry
      title={`${who}: ${what}${more}`}
      tools={
        set.canUndo ? (
          <Button size="small" icon="undo" onPress={onUndo}>
            {admin.changes.undo}
          </Button>
        ) : (
          <Badge>{admin.changes.cannot}</Badge>
        )
      }
    >
      <Quiet>
        {at}
        {set.address !== undefined && ` · ${set.address}`}
        {set.undoes !== undefined && ` · ${admin.changes.isUndo}`}
      </Quiet>
      {set.changes
        .slice(0, 20)
        .map((change) => change.what === 'changed' && <Difference key={change.object + change.id} change={change} />)}
    </Card>
  )
}

function Difference({ change }: { readonly change: Change }) {
  const { admin } = useWords()
  if (change.fields.length === 0) return null
  return (
    <table className={css.diff}>
      <thead>
        <tr>
          <th scope="col">{admin.changes.field}</th>
          <th scope="col">{admin.changes.before}</th>
          <th scope="col">{admin.changes.after}</th>
        </tr>
      </thead>
      <tbody>
        {change.fields.map(({ name, before, after }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className={css.was}>{valueText(before) ?? admin.changes.empty}</td>
            <td>{valueText(after) ?? admin.changes.empty}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const valueText = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)
