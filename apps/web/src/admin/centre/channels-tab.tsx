import { useState } from 'react'
import { Button, Card, Empty, Line, Quiet, Stack, Table, type TableColumn } from '../../look/index.ts'
import { type Mailbox, newId, type Website } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { MailboxDialog } from './mailbox-dialog.tsx'
import { ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'
import { WebsiteDialog } from './website-dialog.tsx'

type Props = Omit<CentreProps, 'users'>

/** Where work comes from beside telephones: mailboxes, and websites with a chat. */
export function ChannelsTab(props: Props) {
  const text = useCentreText()
  return (
    <Stack>
      <Quiet>{text('channelsHint')}</Quiet>
      <Mailboxes {...props} />
      <Websites {...props} />
    </Stack>
  )
}

const nameOfQueue = ({ centre }: Props['view'], queueId: string | undefined): string =>
  centre.queues.find(({ id }) => id === queueId)?.name ?? '–'

function Mailboxes({ model, view }: Props) {
  const text = useCentreText()
  const [openId, setOpenId] = useState<string>()
  const columns: TableColumn<Mailbox>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'address', title: text('mailAddress'), cell: ({ address }) => address },
    { id: 'queue', title: text('waitsIn'), cell: ({ queueId }) => nameOfQueue(view, queueId) },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="mailboxes" id={id} /> },
  ]
  const { mailboxes } = view.centre
  return (
    <Card title={text('mailboxes')}>
      <Line>
        <Button icon="plus" onPress={() => setOpenId(newId())}>
          {text('newMailbox')}
        </Button>
      </Line>
      <Table
        label={text('mailboxes')}
        columns={columns}
        rows={mailboxes}
        onOpen={({ id }) => setOpenId(id)}
        empty={<Empty icon="mail" title={text('noMailboxes')} />}
      />
      {openId !== undefined && (
        <MailboxDialog
          key={openId}
          id={openId}
          model={model}
          view={view}
          mailbox={mailboxes.find(({ id }) => id === openId)}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </Card>
  )
}

function Websites({ model, view }: Props) {
  const text = useCentreText()
  const [openId, setOpenId] = useState<string>()
  const columns: TableColumn<Website>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'pages', title: text('pages'), cell: ({ origins }) => origins.join(', ') },
    { id: 'queue', title: text('waitsIn'), cell: ({ queueId }) => nameOfQueue(view, queueId) },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="websites" id={id} /> },
  ]
  const { websites, queues } = view.centre
  const canMake = queues.some(({ channels }) => channels.includes('chat'))
  return (
    <Card title={text('websites')}>
      {!canMake && <Quiet>{text('noChatQueue')}</Quiet>}
      <Line>
        <Button icon="plus" isDisabled={!canMake} onPress={() => setOpenId(newId())}>
          {text('newWebsite')}
        </Button>
      </Line>
      <Table
        label={text('websites')}
        columns={columns}
        rows={websites}
        onOpen={({ id }) => setOpenId(id)}
        empty={<Empty icon="chat" title={text('noWebsites')} />}
      />
      {openId !== undefined && (
        <WebsiteDialog
          key={openId}
          id={openId}
          model={model}
          view={view}
          website={websites.find(({ id }) => id === openId)}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </Card>
  )
}
