import type { ReplyOf } from '../api/api.ts'
import { Empty } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './supervisor.module.css'
import { useZonedTime } from './use-zoned-time.ts'

type Report = ReplyOf<'readAgentReport'>

const times = ['loggedInMs', 'readyMs', 'busyMs', 'wrapUpMs', 'notReadyMs'] as const
const figures = [...times, 'occupancy', 'answered', 'missed', 'scorePercent'] as const

/** How agents spent their time, with the reasons why they were not ready. */
export function AgentReport({ report }: { readonly report: Report }) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const zoned = useZonedTime(report.timeZone)
  if (report.rows.length === 0) return <Empty icon="people" title={words.noTime} />
  const hasTime = report.rows.some(({ at }) => at !== undefined)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.wide} tabIndex={0} role="region" aria-label={words.kinds.agents}>
      <table className={css.report}>
        <thead>
          <tr>
            <th scope="col" className={css.text}>
              {words.agent}
            </th>
            {hasTime && (
              <th scope="col" className={css.text}>
                {words.interval}
              </th>
            )}
            {figures.map((name) => (
              <th key={name} scope="col" title={words.definition[name]}>
                {words.figures[name]}
              </th>
            ))}
            <th scope="col" className={css.text}>
              {words.figures.notReadyMs}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={`${row.at ?? ''} ${row.agentId}`}>
              <th scope="row" className={css.text}>
                {row.agentName}
              </th>
              {hasTime && <td className={css.text}>{row.at === undefined ? '' : zoned(row.at)}</td>}
              {times.map((name) => (
                <td key={name}>{format.duration(row[name])}</td>
              ))}
              <td>{row.occupancy === undefined ? '–' : format.percent(row.occupancy, 1)}</td>
              <td>{format.number(row.answered)}</td>
              <td>{format.number(row.missed)}</td>
              <td>
                {row.scorePercent === undefined
                  ? '–'
                  : `${format.percent(row.scorePercent / 100, 1)} (${format.number(row.scores)})`}
              </td>
              <td className={css.text}>
                {row.reasons
                  .map(({ reason, name, ms }) => `${name ?? words.reasons[reason] ?? reason} ${format.duration(ms)}`)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
