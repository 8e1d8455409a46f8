import { useMemo, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Badge, Banner, Button, Checkbox, Dialog, Stack, Table, type TableColumn, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { parseTable } from '../parse-table.ts'
import { knownUsers, type PeopleRead, readPeople } from '../read-people.ts'
import type { User } from '../use-company.ts'

type Verdict = ReplyOf<'changeUsers'>['items'][number]

interface PreviewRow {
  readonly id: string
  readonly line: number
  readonly login: string
  readonly verdict: Verdict
}

/** Users from a spreadsheet: first what would happen, then all of it or nothing. */
export function PasteUsers({ users, onClose }: { readonly users: readonly User[]; readonly onClose: () => void }) {
  const words = useWords()
  const { admin, shell } = words
  const { paste } = admin
  const { api } = useApp()
  const submit = useSubmit()
  const [text, setText] = useState('')
  const [withPasswords, setWithPasswords] = useState(true)
  const [preview, setPreview] = useState<readonly PreviewRow[]>()
  const [done, setDone] = useState<readonly Verdict[]>()
  const known = useMemo(() => knownUsers(users), [users])
  const read = useMemo(() => readPeople(parseTable(text), known), [text, known])
  const problem = problemOf(read, words)
  const items = read.ok ? read.items : []
  const check = () =>
    submit.run(async () => {
      const result = await api.call('changeUsers', { body: { isPreview: true, items: items.map(({ item }) => item) } })
      setPreview(items.map(({ line, login }, i) => ({ id: String(line), line, login, verdict: result.items[i]! })))
    })
  const perform = () =>
    submit.run(async () => {
      const result = await api.call('changeUsers', { body: { withPasswords, items: items.map(({ item }) => item) } })
      if (result.isDone) setDone(result.items)
      else setPreview(items.map(({ line, login }, i) => ({ id: String(line), line, login, verdict: result.items[i]! })))
    })
  if (done) return <Done verdicts={done} onClose={onClose} />
  const count = (what: Verdict['what']) => preview?.filter(({ verdict }) => verdict.what === what).length ?? 0
  const columns: TableColumn<PreviewRow>[] = [
    { id: 'line', title: paste.line, cell: ({ line, login }) => `${line}: ${login}` },
    {
      id: 'what',
      title: paste.what,
      cell: ({ verdict }) => (
        <>
          <Badge tone={verdict.what === 'refused' ? 'bad' : verdict.what === 'same' ? 'info' : 'good'}>
            {paste.verdicts[verdict.what]}
          </Badge>{' '}
          {verdict.what === 'refused' && (verdict.text ?? words.errors[verdict.code ?? ''])}
        </>
      ),
    },
  ]
  return (
    <Dialog
      title={paste.title}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={submit.isBusy || items.length === 0 || problem !== undefined} onPress={check}>
            {paste.check}
          </Button>
          <Button
            kind="primary"
            isDisabled={submit.isBusy || !preview || count('refused') > 0 || problem !== undefined}
            onPress={perform}
          >
            {paste.perform}
          </Button>
        </>
      }
    >
      <TextField
        label={paste.text}
        hint={paste.hint}
        isLong
        value={text}
        onChange={(next) => {
          setText(next)
          setPreview(undefined)
        }}
        mistake={text === '' ? undefined : problem}
        autoFocus
      />
      <Checkbox isOn={withPasswords} onChange={setWithPasswords}>
        {paste.withPasswords}
      </Checkbox>
      {preview && (
        <Stack>
          <Banner tone={count('refused') > 0 ? 'warn' : 'info'} isLive>
            {paste.summary(count('made'), count('changed'), count('refused'))}{' '}
            {count('refused') > 0 && paste.nothingHalf}
          </Banner>
          <Table label={paste.check} columns={columns} rows={preview} empty={null} />
        </Stack>
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}

function problemOf(read: PeopleRead, { admin }: ReturnType<typeof useWords>): string | undefined {
  if (!read.ok) {
    if (read.why === 'empty') return admin.paste.unreadable
    return admin.paste.noColumn(read.why === 'noLogin' ? admin.users.login : admin.users.name)
  }
  const [first] = read.mistakes
  if (!first) return undefined
  const why = first.why === 'role' ? admin.paste.badRole : admin.paste.badLanguage
  return `${admin.paste.line} ${first.line}: “${first.text}” ${why}`
}

function Done({ verdicts, onClose }: { readonly verdicts: readonly Verdict[]; readonly onClose: () => void }) {
  const { admin, shell } = useWords()
  const withPassword = verdicts.filter(({ password }) => password !== undefined)
  const file = `login,password\r\n${withPassword.map(({ login, password }) => `${login},${password}`).join('\r\n')}\r\n`
  return (
    <Dialog
      title={withPassword.length > 0 ? admin.paste.done : admin.paste.doneWithout}
      isOpen
      onClose={onClose}
      foot={
        <>
          {withPassword.length > 0 && (
            <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(file)}`} download="passwords.csv">
              {admin.paste.download}
            </a>
          )}
          <Button onPress={onClose}>{shell.close}</Button>
        </>
      }
    >
      {withPassword.length > 0 && (
        <Table
          label={admin.users.passwordOnce}
          columns={[
            { id: 'login', title: admin.users.login, cell: ({ login }) => login },
            { id: 'password', title: admin.users.passwordOnce, cell: ({ password }) => <code>{password}</code> },
          ]}
          rows={withPassword.map((verdict) => ({ ...verdict, id: verdict.userId ?? verdict.login ?? '' }))}
          empty={null}
        />
      )}
    </Dialog>
  )
}
