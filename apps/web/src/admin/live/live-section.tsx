import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Empty, IconButton, Page, Table, type TableColumn, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { Listed } from '../listed.tsx'
import { Ticking } from '../../look/ticking.tsx'
import { type LiveCall, useLiveCalls } from './use-live-calls.ts'

/** Who talks to whom at the moment. */
export function Section() {
  const words = useWords()
  const { admin } = words
  const format = useFormat()
  const { api, clock } = useApp()
  const calls = useLiveCalls()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const partyText = ({ name, number }: LiveCall['caller']) => (name === undefined ? number : `${name} (${number})`)
  const columns: TableColumn<LiveCall>[] = [
    { id: 'from', title: admin.live.from, cell: ({ caller }) => partyText(caller) },
    { id: 'to', title: admin.live.to, cell: ({ called }) => partyText(called) },
    { id: 'state', title: admin.live.state, cell: (call) => <States call={call} /> },
    {
      id: 'since',
      title: admin.live.since,
      cell: ({ startedAt }) => format.moment(Date.parse(startedAt), clock.nowMs()),
    },
    {
      id: 'length',
      title: admin.live.length,
      cell: ({ answeredAt }) => (answeredAt ? <Ticking sinceMs={Date.parse(answeredAt)} /> : '–'),
    },
    {
      id: 'end',
      title: '',
      cell: ({ id }) => (
        <IconButton
          icon="call-end"
          label={admin.live.end}
          onPress={() =>
            ask({
              title: admin.live.end,
              text: admin.live.endAsk,
              yes: admin.live.end,
              isDanger: true,
              run: async () => {
                await api.call('commandCall', { params: { callId: id, verb: 'clear' }, body: {} })
              },
            })
          }
        />
      ),
    },
  ]
  return (
    <Page title={admin.sections.live}>
      {dialog}
      <Listed list={calls}>
        {(items) => (
          <Table
            label={admin.sections.live}
            columns={columns}
            rows={items}
            empty={<Empty icon="call" title={admin.live.none} />}
          />
        )}
      </Listed>
    </Page>
  )
}

function States({ call }: { readonly call: LiveCall }) {
  const { admin } = useWords()
  return (
    <span className={css.number}>
      {call.connections.map(({ legId, state, keying }) => (
        <span key={legId}>
          <Badge {...(state === 'connected' ? { tone: 'good' } : state === 'hold' ? { tone: 'warn' } : {})}>
            {admin.live.states[state]}
          </Badge>{' '}
          {keying === 'rtp' && <Badge tone="warn">{admin.live.unencrypted}</Badge>}{' '}
        </span>
      ))}
    </span>
  )
}
