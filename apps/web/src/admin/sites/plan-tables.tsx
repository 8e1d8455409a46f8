import { type PlanLine, sayPlan, type SitePlan } from '@vaxel/site'
import { Badge, Card, Empty, Quiet, Stack, Table, type TableColumn } from '../../look/index.ts'
import { useFormat } from '../../words/use-words.ts'
import { asLanguage } from '../../words/use-text.ts'
import css from './sites.module.css'
import { useSiteWords } from './use-site-words.ts'

const mbps = (kbps: number): number => kbps / 1000

interface Counted {
  readonly id: string
  readonly said: string
  readonly formula: string
  readonly kbps: number
}

/** The plan's figures, days and duties as tables. */
export function PlanTables({ plan }: { readonly plan: SitePlan }) {
  return (
    <Stack>
      <Bandwidth plan={plan} />
      <Calendar plan={plan} />
      <Duties plan={plan} />
      <Contradictions plan={plan} />
    </Stack>
  )
}

function useSaid(): (line: PlanLine) => string {
  const { language } = useFormat()
  return (line) => sayPlan(line, asLanguage(language))
}

function Bandwidth({ plan: { bandwidth } }: { readonly plan: SitePlan }) {
  const text = useSiteWords()
  const format = useFormat()
  const said = useSaid()
  const rows = (lines: typeof bandwidth.document.lines): Counted[] =>
    lines.map((line, index) => ({
      id: String(index),
      said: said(line),
      formula: line.formula ?? '',
      kbps: line.kbps,
    }))
  const columns: TableColumn<Counted>[] = [
    { id: 'said', title: text('carries'), cell: (row) => row.said },
    { id: 'formula', title: text('reckoning'), cell: ({ formula }) => <span className={css.mono}>{formula}</span> },
    { id: 'kbps', title: text('kbps'), cell: ({ kbps }) => format.number(kbps) },
  ]
  const { document, honest } = bandwidth
  return (
    <Card title={text('bandwidth')}>
      {document.lines.length > 0 && (
        <>
          <strong>{text('documentMinimum', { mbps: mbps(document.kbps) })}</strong>
          <Table
            label={text('documentMinimum', { mbps: mbps(document.kbps) })}
            columns={columns}
            rows={rows(document.lines)}
            empty={null}
          />
        </>
      )}
      <strong>{text('honest', { mbps: mbps(honest.kbps), calls: honest.callsAtOnce })}</strong>
      <Table
        label={text('honest', { mbps: mbps(honest.kbps), calls: honest.callsAtOnce })}
        columns={columns}
        rows={rows(honest.lines)}
        empty={null}
      />
      {bandwidth.explained.map((line) => (
        <Quiet key={`${line.key} ${JSON.stringify(line.values)}`}>{said(line)}</Quiet>
      ))}
    </Card>
  )
}

function Calendar({ plan: { calendar } }: { readonly plan: SitePlan }) {
  const text = useSiteWords()
  const format = useFormat()
  const said = useSaid()
  if (calendar.length === 0) return null
  const dayOf = (day: string | undefined) =>
    day === undefined ? '' : /^\d{4}-\d{2}-\d{2}$/.test(day) ? format.date(Date.parse(day)) : day
  return (
    <Card title={text('calendar')}>
      <Table
        label={text('calendar')}
        columns={[
          { id: 'subject', title: text('what'), cell: ({ subject }) => subject },
          { id: 'day', title: text('byDay'), cell: ({ day }) => dayOf(day) },
          { id: 'why', title: text('reckoning'), cell: ({ explained }) => explained.map(said).join(' ') },
          { id: 'owner', title: text('who'), cell: ({ owner }) => owner ?? '' },
        ]}
        rows={calendar.map((entry, index) => ({ ...entry, id: String(index) }))}
        empty={null}
      />
    </Card>
  )
}

function Duties({ plan: { duties, equipment } }: { readonly plan: SitePlan }) {
  const text = useSiteWords()
  return (
    <Card title={text('duties')}>
      <Table
        label={text('duties')}
        columns={[
          {
            id: 'title',
            title: text('what'),
            cell: ({ title, what }) => (title === what ? title : `${title}: ${what}`),
          },
          { id: 'who', title: text('who'), cell: ({ responsible }) => text(responsible) },
          { id: 'lost', title: text('lost'), cell: ({ lostIfMissing }) => lostIfMissing },
        ]}
        rows={[...duties, ...equipment].map((one) => ({ ...one, id: one.requirementId }))}
        empty={<Empty icon="check" title={text('lossNone')} />}
      />
    </Card>
  )
}

function Contradictions({ plan: { contradictions } }: { readonly plan: SitePlan }) {
  const text = useSiteWords()
  if (contradictions.length === 0) return null
  return (
    <Card title={text('contradictions')}>
      {contradictions.map(({ requirementId, title, conflict, touchesFigures }) => (
        <p key={requirementId}>
          <strong>{title}</strong> {touchesFigures && <Badge tone="warn">{text('bandwidth')}</Badge>} {conflict}
        </p>
      ))}
    </Card>
  )
}
