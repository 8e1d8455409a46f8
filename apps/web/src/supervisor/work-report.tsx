import type { ReplyOf } from '../api/api.ts'
import { Link } from '../app/link.tsx'
import { Empty } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { ReportWish } from './report-wish.ts'
import css from './supervisor.module.css'
import { useZonedTime } from './use-zoned-time.ts'
import { dateAt, momentsOf } from './zoned-days.ts'

type Report = ReplyOf<'readReport'>
type Row = Report['rows'][number]

const counted = [
  'arrived',
  'answered',
  'inLevel',
  'abandoned',
  'short',
  'overflowed',
  'messageLeft',
  'moved',
  'closed',
  'open',
  'missed',
] as const
const lengths = { quarter: 900_000, hour: 3_600_000, day: 0, none: 0 } as const

/** Rows and their sum; each row leads to the conversations that it counts. */
export function WorkReport({ report, wish }: { readonly report: Report; readonly wish: ReportWish }) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const zoned = useZonedTime(report.timeZone)
  if (report.total.counts.arrived === 0) return <Empty icon="activity" title={words.nothing} />
  const share = (value: number | undefined) => (value === undefined ? '–' : format.percent(value, 1))
  const length = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms))
  const figures = ({ counts, figures: own }: Report['total']) => (
    <>
      {counted.map((name) => (
        <td key={name}>{format.number(counts[name])}</td>
      ))}
      <td>{share(own.serviceLevel)}</td>
      <td>{share(own.answeredShare)}</td>
      <td>{length(own.averageWaitMs)}</td>
      <td>{length(counts.longestMs)}</td>
      <td>{length(own.averageHandlingMs)}</td>
      <td>{length(own.averageWrapMs)}</td>
    </>
  )
  const linkTo = (row: Row): string => {
    const whole = momentsOf(report.timeZone, wish.from, wish.to)
    const fromMs = row.at === undefined ? undefined : Date.parse(row.at)
    const partOf = (startMs: number) => {
      const lengthMs = lengths[wish.interval]
      const date = dateAt(report.timeZone, startMs)
      // A day has 23 or 25 hours where clocks change.
      if (lengthMs === 0) return momentsOf(report.timeZone, date, date)
      return { from: row.at!, to: new Date(startMs + lengthMs).toISOString() }
    }
    const part = fromMs === undefined ? whole : partOf(fromMs)
    return `/supervisor/items?${new URLSearchParams({
      ...part,
      ...(row.queueId !== undefined ? { queueId: row.queueId } : wish.queueId === '' ? {} : { queueId: wish.queueId }),
      ...(row.agentId === undefined ? {} : { agentId: row.agentId }),
      ...(row.channel === undefined ? {} : { channel: row.channel }),
      ...(row.codeId === undefined ? {} : { codeId: row.codeId }),
    })}`
  }
  const hasTime = wish.interval !== 'none'
  const names = (row: Row): readonly string[] => [
    ...(hasTime ? [row.at === undefined ? '' : zoned(row.at, wish.interval === 'day')] : []),
    ...wish.by.map(
      (dimension) =>
        ({
          queue: row.queueName ?? '',
          agent: row.agentName ?? words.nobody,
          channel: row.channel === undefined ? '' : words.channels[row.channel],
          code: row.codeName ?? words.noCode,
        })[dimension],
    ),
  ]
  const titles = [...(hasTime ? [words.interval] : []), ...wish.by.map((dimension) => words.dimensions[dimension])]
  const columns = Math.max(1, titles.length)
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.wide} tabIndex={0} role="region" aria-label={words.kinds.work}>
      <table className={css.report}>
        <thead>
          <tr>
            {(titles.length === 0 ? [''] : titles).map((title, i) => (
              <th key={title} scope="col" className={css.text}>
                {title === '' && i === 0 ? words.total : title}
              </th>
            ))}
            {[
              ...counted,
              'serviceLevel',
              'answeredShare',
              'averageWaitMs',
              'longestMs',
              'averageHandlingMs',
              'averageWrapMs',
            ].map((name) => (
              <th key={name} scope="col" title={words.definition[name as 'arrived']}>
                {words.figures[name as 'arrived']}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {titles.length > 0 &&
            report.rows.map((row) => {
              const texts = names(row)
              const [first, ...rest] = texts
              return (
                <tr key={texts.join('\n') + (row.queueId ?? '') + (row.agentId ?? '')}>
                  <th scope="row" className={css.text}>
                    <Link to={linkTo(row)} label={`${words.toItems}: ${texts.join(', ')}`}>
                      {first === '' ? words.nobody : first}
                    </Link>
                  </th>
                  {rest.map((text, i) => (
                    <td key={titles[i + 1]} className={css.text}>
                      {text}
                    </td>
                  ))}
                  {figures(row)}
                </tr>
              )
            })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={columns} className={css.text}>
              {words.total}
            </th>
            {figures(report.total)}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
