import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Banner, Button, Card, Empty, Page, Quiet, Table, type TableColumn, Terms } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { AccountDialog, type FtpsAccount } from './account-dialog.tsx'
import { useFtpsText } from './use-ftps-text.ts'

type Access = ReplyOf<'readFtpsAccess'>

/** Recordings over FTPS: where programs connect, which ports that needs, and who may. */
export function Section() {
  const { admin } = useWords()
  const format = useFormat()
  const text = useFtpsText()
  const { api, clock, events, showFault } = useApp()
  const [access, setAccess] = useState<Access>()
  const [opened, setOpened] = useState<FtpsAccount | 'new'>()
  const load = useCallback(() => {
    api.call('readFtpsAccess').then(setAccess, showFault)
  }, [api, showFault])
  useEffect(load, [load])
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (kind.startsWith('ftps.')) load()
      }),
    [events, load],
  )
  const nowMs = clock.nowMs()
  const columns: TableColumn<FtpsAccount>[] = [
    { id: 'login', title: text('login'), cell: ({ login }) => login },
    {
      id: 'from',
      title: text('from'),
      cell: ({ fromAddresses }) => (fromAddresses.length === 0 ? text('everywhere') : fromAddresses.join(', ')),
    },
    {
      id: 'until',
      title: text('until'),
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? (
          '–'
        ) : Date.parse(expiresAt) <= nowMs ? (
          <Badge tone="warn">{text('ended')}</Badge>
        ) : (
          format.date(Date.parse(expiresAt))
        ),
    },
    {
      id: 'used',
      title: text('used'),
      cell: ({ usedAt, usedFrom }) =>
        usedAt === undefined
          ? text('never')
          : text('usedFrom', { time: format.moment(Date.parse(usedAt), nowMs), address: usedFrom ?? '' }),
    },
  ]
  return (
    <Page
      title={admin.sections.ftps}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setOpened('new')}>
          {text('make')}
        </Button>
      }
    >
      {access && !access.isOn && <Banner tone="warn">{text('off')}</Banner>}
      <Quiet>{text('what')}</Quiet>
      {access && (
        <Card title={text('access')}>
          <Terms
            items={[
              [text('host'), access.host ?? text('hostUnknown')],
              [text('explicit'), access.port === undefined ? text('isOff') : String(access.port)],
              [text('implicit'), access.implicitPort === undefined ? text('isOff') : String(access.implicitPort)],
              [
                text('passive'),
                access.passivePorts ? `${access.passivePorts.from}–${access.passivePorts.to}` : text('isOff'),
              ],
            ]}
          />
        </Card>
      )}
      {access && (
        <Table
          label={text('accounts')}
          columns={columns}
          rows={access.accounts}
          onOpen={setOpened}
          empty={<Empty icon="lock" title={text('none')} />}
        />
      )}
      {opened && (
        <AccountDialog
          {...(opened === 'new' ? {} : { account: opened })}
          onClose={() => {
            setOpened(undefined)
            load()
          }}
        />
      )}
    </Page>
  )
}
