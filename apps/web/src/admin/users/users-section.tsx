import { useMemo, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Badge, Button, Empty, Line, Page, SearchField, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { useBindings, type User, useUsers } from '../use-company.ts'
import { EditChosen } from './edit-chosen.tsx'
import { NewUser } from './new-user.tsx'
import { PasteUsers } from './paste-users.tsx'
import { UserDialog } from './user-dialog.tsx'

/** Everybody of the company: found, made, changed one by one or many at once. */
export function Section({ id }: SectionProps) {
  const { admin, shell } = useWords()
  const format = useFormat()
  const { router } = useApp()
  const users = useUsers()
  const bindings = useBindings()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<'new' | 'paste' | 'chosen'>()
  const registered = useMemo(() => new Set(bindings.items?.map(({ userId }) => userId)), [bindings.items])
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return [...(users.items ?? [])]
      .filter((user) => `${user.displayName} ${user.login} ${user.extension ?? ''}`.toLowerCase().includes(wanted))
      .sort((a, b) => format.compare(a.extension ?? a.displayName, b.extension ?? b.displayName))
  }, [users.items, text, format])
  const columns: TableColumn<User>[] = [
    { id: 'name', title: admin.users.name, cell: ({ displayName }) => displayName },
    {
      id: 'extension',
      title: admin.users.extension,
      cell: ({ extension }) => <span className={css.number}>{extension}</span>,
    },
    { id: 'login', title: admin.users.login, cell: ({ login }) => login },
    { id: 'role', title: admin.users.role, cell: ({ role }) => admin.users.roles[role] },
    {
      id: 'state',
      title: admin.sections.registrations,
      cell: (user) =>
        registered.has(user.id) ? (
          <Badge tone="good">{admin.users.registered}</Badge>
        ) : (
          <Badge>{admin.users.notRegistered}</Badge>
        ),
    },
  ]
  const opened = id === undefined ? undefined : users.items?.find((user) => user.id === id)
  const close = () => setOpen(undefined)
  return (
    <Page
      title={admin.sections.users}
      tools={
        <>
          <Button icon="upload" onPress={() => setOpen('paste')}>
            {admin.users.paste}
          </Button>
          <Button kind="primary" icon="person-add" onPress={() => setOpen('new')}>
            {admin.users.make}
          </Button>
        </>
      }
    >
      <Line>
        <div className={css.filter}>
          <SearchField label={admin.users.search} clearLabel={shell.clear} value={text} onChange={setText} />
        </div>
        {chosen.size > 0 && (
          <>
            <span>{admin.users.chosen(chosen.size)}</span>
            <Button icon="edit" onPress={() => setOpen('chosen')}>
              {admin.users.editChosen}
            </Button>
          </>
        )}
      </Line>
      <Listed list={users}>
        {() => (
          <Table
            label={admin.sections.users}
            columns={columns}
            rows={shown}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={(user) => router.go(`/admin/users/${user.id}`)}
            empty={<Empty icon="people" title={admin.users.none} />}
          />
        )}
      </Listed>
      {open === 'new' && <NewUser onClose={close} />}
      {open === 'paste' && <PasteUsers users={users.items ?? []} onClose={close} />}
      {open === 'chosen' && <EditChosen userIds={[...chosen]} onClose={close} />}
      {opened && <UserDialog key={opened.id} user={opened} onClose={() => router.go('/admin/users')} />}
    </Page>
  )
}
