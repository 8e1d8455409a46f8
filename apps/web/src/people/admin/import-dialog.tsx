import { useMemo, useRef, useState } from 'react'
import { parseTable } from '../../admin/parse-table.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Badge, Banner, Button, Dialog, Radios, Stack, Table, type TableColumn, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { ContactKind } from '../contact-draft.ts'
import css from '../people.module.css'
import { type ImportResult, importContacts, type Verdict } from './contacts-import.ts'
import { readContacts } from './read-contacts.ts'
import { readTextFile } from './read-text-file.ts'

const tones = { made: 'good', duplicate: 'info', refused: 'bad' } as const

/** Contacts from a spreadsheet or another program: first what would come of each line, then all of them or none. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { people, shell } = useWords()
  const words = people.importing
  const { api, toasts } = useApp()
  const { user } = useMe()
  const submit = useSubmit()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<ContactKind>(user.role === 'user' ? 'personal' : 'shared')
  const [result, setResult] = useState<ImportResult>()
  const read = useMemo(() => readContacts(parseTable(text)), [text])
  const rows = read.ok ? read.rows : []
  const change = (next: string) => {
    setText(next)
    setResult(undefined)
  }
  const run = (isPreview: boolean) =>
    submit.run(async () => {
      const now = await importContacts(api, rows, { kind, isPreview })
      setResult(now)
      if (!now.isDone) return
      toasts.show({ tone: 'good', text: words.done(now.verdicts.filter(({ what }) => what === 'made').length) })
      onClose()
    })
  const count = (wanted: Verdict['what']) => result?.verdicts.filter(({ what }) => what === wanted).length ?? 0
  const fieldName = (field: string): string => (field in people.fields ? String(people.fields[field as 'name']) : field)
  const columns: TableColumn<Verdict>[] = [
    { id: 'line', title: words.line, cell: ({ line }) => line },
    { id: 'name', title: people.fields.name, cell: ({ name }) => name },
    {
      id: 'what',
      title: words.what,
      cell: ({ what, wrong }) => (
        <span className={css.skills}>
          <Badge tone={tones[what]}>{words.verdicts[what]}</Badge>
          {wrong.length > 0 && words.wrong(wrong.map(fieldName).join(', '))}
        </span>
      ),
    },
  ]
  return (
    <Dialog
      title={words.title}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={submit.isBusy || rows.length === 0} onPress={() => run(true)}>
            {words.check}
          </Button>
          <Button
            kind="primary"
            isDisabled={submit.isBusy || !result || count('refused') > 0 || count('made') === 0}
            onPress={() => run(false)}
          >
            {words.perform}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label={words.text}
          hint={words.hint}
          isLong
          value={text}
          onChange={change}
          mistake={text.trim() === '' || read.ok ? undefined : words.unreadable[read.why]}
          autoFocus
        />
        <div>
          <Button icon="upload" onPress={() => input.current?.click()}>
            {words.file}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".csv,.txt,.tsv,text/csv"
            hidden
            onChange={(event) => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) void file.arrayBuffer().then((bytes) => change(readTextFile(new Uint8Array(bytes))))
            }}
          />
        </div>
        {user.role !== 'user' && (
          <Radios
            label={people.whoSees}
            choices={(['shared', 'personal'] as const).map((id) => ({ id, label: people.seenBy[id] }))}
            value={kind}
            onChange={(next) => {
              setKind(next)
              setResult(undefined)
            }}
          />
        )}
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
        {result && (
          <Stack>
            <Banner tone={count('refused') > 0 ? 'warn' : 'info'} isLive>
              {words.summary(count('made'), count('duplicate'), count('refused'))}{' '}
              {count('refused') > 0 && words.nothingHalf}
            </Banner>
            <Table label={words.check} columns={columns} rows={worstFirst(result.verdicts)} empty={null} />
          </Stack>
        )}
      </div>
    </Dialog>
  )
}

/** So many lines are shown; those that need somebody come first. */
const mostShown = 200

function worstFirst(verdicts: readonly Verdict[]): readonly Verdict[] {
  const order = { refused: 0, duplicate: 1, made: 2 }
  return [...verdicts].sort((a, b) => order[a.what] - order[b.what] || a.line - b.line).slice(0, mostShown)
}
