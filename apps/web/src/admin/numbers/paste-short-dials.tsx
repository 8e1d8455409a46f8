import { useMemo, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Badge, Banner, Button, Dialog, Stack, Table, type TableColumn, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { readShortDials } from './read-short-dials.ts'

type Verdict = ReplyOf<'importShortDials'>['items'][number]

interface Row {
  readonly id: string
  readonly to: string
  readonly verdict: Verdict
}

/** The company's short dials from a spreadsheet: first what would happen, then all of it or nothing. */
export function PasteShortDials({ onClose }: { readonly onClose: () => void }) {
  const { admin, shell } = useWords()
  const { paste, numbers } = admin
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [text, setText] = useState('')
  const [rows, setRows] = useState<readonly Row[]>()
  const items = useMemo(() => readShortDials(text), [text])
  const ask = (isPreview: boolean) =>
    submit.run(async () => {
      const result = await api.call('importShortDials', { body: { isPreview, items } })
      if (result.isDone) {
        toasts.show({ tone: 'good', text: paste.doneWithout })
        return onClose()
      }
      setRows(result.items.map((verdict, i) => ({ id: `${i}`, to: items[i]?.to ?? '', verdict })))
    })
  const count = (what: Verdict['what']) => rows?.filter(({ verdict }) => verdict.what === what).length ?? 0
  const columns: TableColumn<Row>[] = [
    { id: 'number', title: numbers.number, cell: ({ verdict }) => verdict.number },
    { id: 'to', title: numbers.target, cell: ({ to }) => to },
    {
      id: 'what',
      title: paste.what,
      cell: ({ verdict }) => (
        <>
          <Badge tone={verdict.what === 'refused' ? 'bad' : verdict.what === 'same' ? 'info' : 'good'}>
            {paste.verdicts[verdict.what]}
          </Badge>{' '}
          {verdict.why && numbers.pasteWhy[verdict.why]}
        </>
      ),
    },
  ]
  return (
    <Dialog
      title={numbers.pasteShort}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={submit.isBusy || items.length === 0} onPress={() => ask(true)}>
            {paste.check}
          </Button>
          <Button kind="primary" isDisabled={submit.isBusy || !rows || count('refused') > 0} onPress={() => ask(false)}>
            {paste.perform}
          </Button>
        </>
      }
    >
      <TextField
        label={paste.text}
        hint={numbers.pasteShortHint}
        isLong
        value={text}
        onChange={(next) => {
          setText(next)
          setRows(undefined)
        }}
        autoFocus
      />
      {rows && (
        <Stack>
          <Banner tone={count('refused') > 0 ? 'warn' : 'info'} isLive>
            {numbers.pasteSummary(count('made'), count('changed'), count('refused'))}{' '}
            {count('refused') > 0 && paste.nothingHalf}
          </Banner>
          <Table label={paste.check} columns={columns} rows={rows} empty={null} />
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
