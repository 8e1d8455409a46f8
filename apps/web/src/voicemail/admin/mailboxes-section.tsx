import { useEffect, useMemo, useState } from 'react'
import { useUsers } from '../../admin/use-company.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, Card, Empty, Line, Page, Quiet, Table, type TableColumn, useQuestion } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { PersonMailbox } from './person-mailbox.tsx'
import { mailboxSentences } from './sentences.ts'
import { SharedDialog, type SharedMailbox } from './shared-dialog.tsx'

/** Mailboxes as administrators see them: who shares which, how much fits; never what is in them. */
export function Section() {
  const words = useWords()
  const { api, events, showFault } = useApp()
  const text = useText(mailboxSentences)
  const users = useUsers()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [boxes, setBoxes] = useState<readonly SharedMailbox[]>()
  const [edited, setEdited] = useState<SharedMailbox | 'new'>()
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    api.call('listSharedMailboxes').then(({ items }) => setBoxes(items), showFault)
  }, [api, showFault, asked])
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (kind.startsWith('voicemail.')) setAsked((count) => count + 1)
      }),
    [events],
  )
  const people = useMemo(
    () => new Map((users.items ?? []).map(({ id, displayName }) => [id, displayName])),
    [users.items],
  )
  const askRemove = (box: SharedMailbox) =>
    ask({
      title: text('removeTitle', { name: box.name }),
      text: text('removeText'),
      yes: words.shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeSharedMailbox', { params: { boxId: box.id } })
        setAsked((count) => count + 1)
      },
    })
  const columns: TableColumn<SharedMailbox>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'number', title: text('number'), cell: ({ number }) => number ?? '' },
    {
      id: 'members',
      title: text('members'),
      cell: ({ members }) => members.map((id) => people.get(id) ?? id).join(', '),
    },
    {
      id: 'inIt',
      title: text('inIt'),
      cell: ({ newMessages, savedMessages }) => `${newMessages} / ${savedMessages}`,
    },
    {
      id: 'tools',
      title: '',
      cell: (box) => (
        <Line>
          <Button size="small" icon="edit" onPress={() => setEdited(box)}>
            {words.shell.edit}
          </Button>
          <Button size="small" icon="trash" onPress={() => askRemove(box)}>
            {words.shell.remove}
          </Button>
        </Line>
      ),
    },
  ]
  return (
    <Page
      title={text('title')}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setEdited('new')}>
          {text('make')}
        </Button>
      }
    >
      {dialog}
      <Card title={text('shared')}>
        <Quiet>{text('sharedHint')}</Quiet>
        {boxes && (
          <Table
            label={text('shared')}
            columns={columns}
            rows={boxes}
            empty={<Empty icon="voicemail" title={text('none')} />}
          />
        )}
      </Card>
      <PersonMailbox />
      {edited && (
        <SharedDialog
          box={edited === 'new' ? undefined : edited}
          people={people}
          onClose={() => {
            setEdited(undefined)
            setAsked((count) => count + 1)
          }}
        />
      )}
    </Page>
  )
}
