import { useMemo, useState } from 'react'
import { Button, Empty, Line, Page, SearchField, Table, type TableColumn } from '../../look/index.ts'
import { useApp } from '../../app/use-app.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { type PhoneNumber, useNumbers, useUsers } from '../use-company.ts'
import { NumberDialog } from './number-dialog.tsx'
import { PasteShortDials } from './paste-short-dials.tsx'
import { TryCall } from './try-call.tsx'

interface Row {
  readonly id: string
  readonly number: PhoneNumber
  readonly reaches: string
}

/** Every number of the company and what it reaches. */
export function Section({ id }: SectionProps) {
  const { admin, shell } = useWords()
  const format = useFormat()
  const { router } = useApp()
  const numbers = useNumbers()
  const users = useUsers()
  const [text, setText] = useState('')
  const [isNew, setNew] = useState(false)
  const [isTrying, setTrying] = useState(false)
  const [isPasting, setPasting] = useState(false)
  const names = useMemo(() => new Map(users.items?.map((user) => [user.id, user.displayName])), [users.items])
  const rows = useMemo(() => {
    const reaches = ({ target }: PhoneNumber) => {
      if (target.kind === 'user') return names.get(target.userId) ?? target.userId
      if (target.kind === 'service') return admin.numbers.services[target.service]
      if (target.kind === 'short') return target.name === undefined ? target.to : `${target.name} (${target.to})`
      return `${target.name}: ${admin.numbers.memberCount(target.userIds.length)}`
    }
    const wanted = text.trim().toLowerCase()
    return (numbers.items ?? [])
      .map((number): Row => ({ id: number.number, number, reaches: reaches(number) }))
      .filter((row) => `${row.id} ${row.reaches}`.toLowerCase().includes(wanted))
      .sort((a, b) => a.id.length - b.id.length || format.compare(a.id, b.id))
  }, [numbers.items, names, text, admin, format])
  const columns: TableColumn<Row>[] = [
    { id: 'number', title: admin.numbers.number, cell: (row) => <span className={css.number}>{row.id}</span> },
    { id: 'kind', title: admin.numbers.kind, cell: ({ number }) => admin.numbers.kinds[number.target.kind] },
    { id: 'target', title: admin.numbers.target, cell: ({ reaches }) => reaches },
  ]
  const opened = id === undefined ? undefined : numbers.items?.find(({ number }) => number === id)
  return (
    <Page
      title={admin.sections.numbers}
      tools={
        <>
          <Button icon="route" onPress={() => setTrying(true)}>
            {admin.numbers.tryCall.open}
          </Button>
          <Button icon="upload" onPress={() => setPasting(true)}>
            {admin.numbers.pasteShort}
          </Button>
          <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
            {admin.numbers.make}
          </Button>
        </>
      }
    >
      <Line>
        <div className={css.filter}>
          <SearchField label={admin.numbers.search} clearLabel={shell.clear} value={text} onChange={setText} />
        </div>
      </Line>
      <Listed list={numbers}>
        {() => (
          <Table
            label={admin.sections.numbers}
            columns={columns}
            rows={rows}
            onOpen={(row) => router.go(`/admin/numbers/${encodeURIComponent(row.id)}`)}
            empty={<Empty icon="dialpad" title={admin.numbers.none} />}
          />
        )}
      </Listed>
      {isTrying && <TryCall users={users.items ?? []} onClose={() => setTrying(false)} />}
      {isPasting && <PasteShortDials onClose={() => setPasting(false)} />}
      {isNew && <NumberDialog users={users.items ?? []} onClose={() => setNew(false)} />}
      {opened && (
        <NumberDialog
          key={opened.number}
          number={opened}
          users={users.items ?? []}
          onClose={() => router.go('/admin/numbers')}
        />
      )}
    </Page>
  )
}
