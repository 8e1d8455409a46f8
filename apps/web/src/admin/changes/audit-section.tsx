import { useCallback, useMemo, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Empty, Page, Segments, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { useUsers } from '../use-company.ts'
import { usePaged } from './use-paged.ts'

type Entry = ReplyOf<'listAudit'>['items'][number] & { readonly id: string }
const abouts = ['all', 'configuration', 'sessions', 'security', 'registrations'] as const
type About = (typeof abouts)[number]

/** Everything that happened besides calls. */
export function Section() {
  const words = useWords()
  const { admin } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const users = useUsers()
  const [about, setAbout] = useState<About>('all')
  const load = useCallback(
    async (before: number | undefined) => {
      const page = await api.call('listAudit', {
        query: { limit: 50, ...(before === undefined ? {} : { before }), ...(about === 'all' ? {} : { about }) },
      })
      return { ...page, items: page.items.map((entry): Entry => ({ ...entry, id: String(entry.number) })) }
    },
    [api, about],
  )
  const { items, hasMore, fault, more } = usePaged<Entry>(load)
  const names = useMemo(() => new Map(users.items?.map((user) => [user.id, user.displayName])), [users.items])
  const who = ({ data }: Entry): string => {
    const { userId, by, username } = data as { userId?: string; by?: string; username?: string }
    const id = userId ?? (by?.startsWith('user:') ? by.slice('user:'.length) : undefined)
    return (id === undefined ? undefined : (names.get(id) ?? id)) ?? username ?? by ?? ''
  }
  const what = ({ kind, data }: Entry): string => {
    const text = admin.audit.events[kind as keyof typeof admin.audit.events] ?? kind
    const { object, addressOfRecord } = data as {
      object?: keyof typeof admin.changes.objects
      addressOfRecord?: string
    }
    const detail = object === undefined ? addressOfRecord : (admin.changes.objects[object] ?? object)
    return detail === undefined ? text : `${text}: ${detail}`
  }
  const columns: TableColumn<Entry>[] = [
    { id: 'when', title: admin.audit.when, cell: ({ at }) => format.moment(Date.parse(at), clock.nowMs()) },
    { id: 'who', title: admin.audit.who, cell: who },
    { id: 'what', title: admin.audit.what, cell: what },
    { id: 'from', title: admin.audit.from, cell: ({ data }) => String((data as { address?: string }).address ?? '') },
  ]
  return (
    <Page
      title={admin.sections.audit}
      tools={
        <Segments
          label={admin.audit.about}
          value={about}
          onChange={setAbout}
          choices={abouts.map((id) => ({ id, label: id === 'all' ? admin.audit.all : admin.audit.kinds[id] }))}
        />
      }
    >
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      {items && (
        <Table
          label={admin.sections.audit}
          columns={columns}
          rows={items}
          empty={<Empty icon="shield" title={admin.audit.none} />}
        />
      )}
      {hasMore && <Button onPress={more}>{admin.audit.more}</Button>}
    </Page>
  )
}
