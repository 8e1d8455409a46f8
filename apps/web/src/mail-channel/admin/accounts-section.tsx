import { useEffect, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Button,
  Card,
  Empty,
  Line,
  Page,
  Quiet,
  Table,
  type TableColumn,
  type Tone,
  useQuestion,
} from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { AtOnce } from './at-once.tsx'
import { AccountDialog } from './account-dialog.tsx'
import type { Account } from './account-form.ts'
import { accountSentences } from './sentences.ts'

const tones: Readonly<Record<Account['health']['state'], Tone>> = {
  off: 'info',
  connecting: 'info',
  reading: 'good',
  failing: 'bad',
}

/** Mailboxes whose mails the company answers, and how reading goes. */
export function Section() {
  const words = useWords()
  const { api, events, showFault } = useApp()
  const text = useText(accountSentences)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [accounts, setAccounts] = useState<readonly Account[]>()
  const [edited, setEdited] = useState<Account | 'new'>()
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    api.call('listMailAccounts').then(({ items }) => setAccounts(items), showFault)
  }, [api, showFault, asked])
  useEffect(() => {
    const again = () => setAsked((count) => count + 1)
    const stops = [
      events.onNotice('mailChannel.health', again),
      events.onEvent(({ kind }) => {
        if (kind.startsWith('mailChannel.account')) again()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [events])
  const askRemove = (account: Account) =>
    ask({
      title: text('removeTitle', { name: account.name }),
      text: text('removeText'),
      yes: words.shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeMailAccount', { params: { accountId: account.id } })
        setAsked((count) => count + 1)
      },
    })
  const columns: TableColumn<Account>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'address', title: text('address'), cell: ({ address }) => address },
    {
      id: 'state',
      title: text('state'),
      cell: ({ health, removedAt, secretsSet, isOn }) => (
        <>
          <Badge tone={tones[health.state]}>
            {text(removedAt === undefined ? `state.${health.state}` : 'state.removed')}
          </Badge>
          {isOn && removedAt === undefined && secretsSet.length === 0 && <p>{text('noSecret')}</p>}
          {health.trouble && <p>{text(`trouble.${health.trouble}`)}</p>}
          {health.detail !== undefined && <Quiet>{text('said', { detail: health.detail })}</Quiet>}
        </>
      ),
    },
    {
      id: 'tools',
      title: '',
      cell: (account) => (
        <Line>
          {account.removedAt === undefined && (
            <Button size="small" icon="edit" onPress={() => setEdited(account)}>
              {words.shell.edit}
            </Button>
          )}
          <Button size="small" icon="trash" onPress={() => askRemove(account)}>
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
      <Card>
        <Quiet>{text('hint')}</Quiet>
        <AtOnce />
        {accounts && (
          <Table
            label={text('title')}
            columns={columns}
            rows={accounts}
            empty={<Empty icon="mail" title={text('none')} />}
          />
        )}
      </Card>
      {edited && (
        <AccountDialog
          account={edited === 'new' ? undefined : edited}
          onClose={() => {
            setEdited(undefined)
            setAsked((count) => count + 1)
          }}
        />
      )}
    </Page>
  )
}
