import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { Badge, Banner, Button, Card, Empty, Line, Quiet, Table, type TableColumn, useQuestion } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { policySentences } from './policy-sentences.ts'
import css from './recordings.module.css'

type View = ReplyOf<'readRecordingPolicy'>
type Verification = Omit<ReplyOf<'verifyRecordings'>, 'next'>
type Report = ReplyOf<'makeRecordingReport'>

const mostGapsShown = 20

/** That recordings are whole and complete: the chain, the key, and each day's talk against its recordings. */
export function EvidenceCards({ view, onRenewed }: { readonly view: View; readonly onRenewed: () => void }) {
  const text = useText(policySentences)
  const words = useWords()
  const format = useFormat()
  const { api, clock, toasts, showFault } = useApp()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [found, setFound] = useState<Verification>()
  const [isVerifying, setVerifying] = useState(false)
  const verify = async () => {
    setVerifying(true)
    let all: Verification = { checked: 0, intact: 0, deleted: 0, faults: [] }
    try {
      for (let after: number | undefined = 0; after !== undefined; ) {
        const part: ReplyOf<'verifyRecordings'> = await api.call('verifyRecordings', { body: { after } })
        all = {
          checked: all.checked + part.checked,
          intact: all.intact + part.intact,
          deleted: all.deleted + part.deleted,
          faults: [...all.faults, ...part.faults],
        }
        setFound(all)
        after = part.next
      }
    } catch (fault) {
      showFault(fault)
    }
    setVerifying(false)
  }
  const renew = () =>
    ask({
      title: text('renew'),
      text: text('renewAsk'),
      yes: text('renew'),
      run: async () => {
        const { resealed } = await api.call('renewRecordingKey')
        toasts.show({ tone: 'good', text: text('renewed', { count: resealed }) })
        onRenewed()
      },
    })
  return (
    <>
      {dialog}
      <Card title={text('proof')}>
        <Quiet>{text('verifyText')}</Quiet>
        {found && (
          <Banner tone={found.faults.length > 0 ? 'bad' : 'good'}>
            {isVerifying
              ? text('verifying', { checked: found.checked })
              : text('intact', { ...found, faults: found.faults.length })}
          </Banner>
        )}
        {found && found.faults.length > 0 && (
          <ul className={css.facts}>
            {found.faults.map(({ recordingId, index, kind }) => (
              <li key={`${recordingId} ${kind}`}>
                <Link to={`/recordings/${recordingId}`}>{text('faultLine', { index, what: text(kind) })}</Link>
              </li>
            ))}
          </ul>
        )}
        <Line>
          <Button icon="shield" isDisabled={isVerifying} onPress={() => void verify()}>
            {text('verify')}
          </Button>
          {view.keyMadeAt !== undefined && (
            <>
              <Button icon="key" onPress={renew}>
                {text('renew')}
              </Button>
              <Quiet>{text('key', { time: format.moment(Date.parse(view.keyMadeAt), clock.nowMs()) })}</Quiet>
            </>
          )}
        </Line>
      </Card>
      <Reports />
    </>
  )
}

function Reports() {
  const text = useText(policySentences)
  const format = useFormat()
  const { api, clock, showFault } = useApp()
  const [reports, setReports] = useState<readonly Report[]>()
  useEffect(() => {
    api.call('listRecordingReports').then(({ items }) => setReports(items), showFault)
  }, [api, showFault])
  const make = () => {
    const day = new Date(clock.nowMs()).toISOString().slice(0, 10)
    api
      .call('makeRecordingReport', { body: { day } })
      .then((made) => setReports([made, ...(reports ?? []).filter((one) => one.day !== made.day)]), showFault)
  }
  const columns: TableColumn<Report & { readonly id: string }>[] = [
    { id: 'day', title: text('day'), cell: ({ day }) => day },
    { id: 'calls', title: text('calls'), cell: ({ calls }) => format.number(calls) },
    { id: 'talk', title: text('talk'), cell: ({ talkMs }) => format.duration(talkMs) },
    {
      id: 'missing',
      title: text('missingTalk'),
      cell: ({ missingMs, gaps }) =>
        missingMs === 0 ? (
          <Badge tone="good">{text('whole')}</Badge>
        ) : (
          <>
            <Badge tone="bad">{format.duration(missingMs)}</Badge>{' '}
            {gaps.slice(0, mostGapsShown).map(({ callId, party, from, to }) => (
              <div key={`${callId} ${from}`}>
                <Link to={`/calls/${callId}`}>
                  {party.name ?? party.number}: {format.duration(Date.parse(to) - Date.parse(from))}
                </Link>
              </div>
            ))}
          </>
        ),
    },
  ]
  return (
    <Card title={text('reports')} tools={<Button onPress={make}>{text('makeReport')}</Button>}>
      <Quiet>{text('reportsText')}</Quiet>
      {reports && (
        <Table
          label={text('reports')}
          columns={columns}
          rows={reports.map((report) => ({ ...report, id: report.day }))}
          empty={<Empty icon="shield" title={text('noReports')} />}
        />
      )}
    </Card>
  )
}
