import { useState } from 'react'
import { ApiFault } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Banner,
  Button,
  Card,
  Empty,
  Line,
  Page,
  Quiet,
  Stack,
  Table,
  type TableColumn,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { type Found, isNothing, mistakeOf, sumOf, wishOf } from './erasure-wish.ts'
import { sentences } from './sentences.ts'

const kinds = ['calls', 'recordings', 'voiceMessages', 'visits', 'mails', 'chats'] as const
type Kind = (typeof kinds)[number]
interface Row {
  readonly id: Kind
  readonly erased: number
  readonly kept: number
}

/** What is kept of one person is looked at, and erased for good. */
export function Section() {
  const words = useWords()
  const text = useText(sentences)
  const { api } = useApp()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [typed, setTyped] = useState('')
  const [outcome, setOutcome] = useState<{ readonly found: Found; readonly isDone: boolean }>()
  const [isBusy, setBusy] = useState(false)
  const [mistake, setMistake] = useState<string>()
  const [fault, setFault] = useState<string>()

  const change = (now: string): void => {
    setTyped(now)
    setOutcome(undefined)
    setMistake(undefined)
  }
  /** Each request does as much as fits into one. */
  const work = async (isTrial: boolean): Promise<void> => {
    const wish = wishOf(typed)
    let found: Found | undefined
    let after: string | undefined
    do {
      const body = { ...wish, isTrial, ...(after === undefined ? {} : { after }) }
      const { next, ...part } = await api.call('erasePerson', { body })
      found = found === undefined ? part : sumOf(found, part)
      after = next
    } while (after !== undefined)
    setOutcome({ found, isDone: !isTrial })
  }
  const run = async (isTrial: boolean): Promise<void> => {
    setBusy(true)
    setMistake(undefined)
    setFault(undefined)
    try {
      await work(isTrial)
    } catch (error) {
      const told = error instanceof ApiFault ? error.mistakes[0] : undefined
      if (told) {
        const { what, of } = mistakeOf(wishOf(typed), told)
        setMistake(text(what, { of }))
      } else setFault(faultText(words, error))
    } finally {
      setBusy(false)
    }
  }
  const erase = () =>
    ask({
      title: words.admin.sections.erasure,
      text: text('ask'),
      yes: text('erase'),
      isDanger: true,
      run: () => run(false),
    })
  return (
    <Page title={words.admin.sections.erasure}>
      {dialog}
      <Stack>
        <Quiet>{text('what')}</Quiet>
        <Card>
          <TextField
            label={text('who')}
            hint={text('whoHint')}
            value={typed}
            onChange={change}
            mistake={mistake}
            isReadOnly={isBusy}
            isLong
          />
          <Line>
            <Button isDisabled={isBusy || typed.trim() === ''} onPress={() => void run(true)}>
              {text('look')}
            </Button>
          </Line>
        </Card>
        {isBusy && <Banner isLive>{text('working')}</Banner>}
        {fault && (
          <Banner tone="bad" isLive>
            {fault}
          </Banner>
        )}
        {outcome && !isBusy && <Outcome {...outcome} onErase={erase} />}
      </Stack>
    </Page>
  )
}

function Outcome({
  found,
  isDone,
  onErase,
}: {
  readonly found: Found
  readonly isDone: boolean
  readonly onErase: () => void
}) {
  const text = useText(sentences)
  const format = useFormat()
  if (isNothing(found)) return <Empty icon="shield" title={text('nothing')} />
  const { erased } = found
  const kept: Readonly<Partial<Record<Kind, number>>> = found.kept
  const rows: Row[] = kinds.map((id) => ({ id, erased: erased[id], kept: kept[id] ?? 0 }))
  const columns: TableColumn<Row>[] = [
    { id: 'kind', title: text('kind'), cell: ({ id }) => text(id) },
    { id: 'erased', title: text(isDone ? 'gone' : 'goes'), cell: (row) => format.number(row.erased) },
    {
      id: 'kept',
      title: text('stays'),
      cell: ({ id, kept: count }) =>
        count === 0 || id === 'voiceMessages' ? '–' : `${format.number(count)}: ${text(`${id}Stay`)}`,
    },
  ]
  const isAny = Object.values(erased).some((count) => count > 0)
  return (
    <Card title={text(isDone ? 'done' : 'found')}>
      <Table label={text(isDone ? 'done' : 'found')} columns={columns} rows={rows} empty={null} />
      <Quiet>{text('contacts')}</Quiet>
      {!isDone && isAny && (
        <Line>
          <Button kind="danger" onPress={onErase}>
            {text('erase')}
          </Button>
        </Line>
      )}
    </Card>
  )
}
