import { Badge, Icon, VisuallyHidden } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Story } from './call-view-model.ts'
import css from './history.module.css'
import { layOut, qualityWord, type Timeline } from './timeline.ts'

/** Each party's part of a call as bars over time, and in words for those who do not see it. */
export function TimelineView({ story, nowMs }: { readonly story: Story; readonly nowMs: number }) {
  const { history } = useWords()
  const format = useFormat()
  const { lanes, ticks } = layOut(story, nowMs)
  const kinds = [...new Set(lanes.flatMap(({ bars }) => bars.map(({ kind }) => kind)))]
  return (
    <>
      <p className={css.hint}>{history.overHint}</p>
      <ul className={css.legend}>
        {kinds.map((kind) => (
          <li key={kind}>
            <span className={`${css.swatch} ${css[kind]}`} aria-hidden />
            {history.spans[kind]}
          </li>
        ))}
      </ul>
      <div className={css.lanes}>
        {lanes.map((one) => (
          <Lane key={one.lane.legId} {...one} ticks={ticks} />
        ))}
        <div className={css.ticks} aria-hidden>
          {ticks.map(({ at, ms }) => (
            <span key={ms} style={{ left: `${at / 10}%` }}>
              {format.duration(ms)}
            </span>
          ))}
        </div>
      </div>
    </>
  )
}

function Lane({ lane, bars, ticks }: Timeline['lanes'][number] & { readonly ticks: Timeline['ticks'] }) {
  const { history } = useWords()
  const format = useFormat()
  const { party, device, quality, keying } = lane
  const name = party.name ?? party.number
  return (
    <div className={css.lane} role="group" aria-label={name}>
      <div className={css.laneHead}>
        <span className={css.name}>{name}</span>
        {device && <span className={css.under}>{device}</span>}
        {keying && (
          <Badge {...(keying === 'rtp' ? { tone: 'warn' as const } : {})}>
            {keying !== 'rtp' && <Icon name="lock" size={12} />}
            {keying === 'rtp' ? history.notEncrypted : history.encrypted}
          </Badge>
        )}
      </div>
      <div className={css.track} aria-hidden>
        {ticks.map(({ at, ms }) => (
          <span key={ms} className={css.rule} style={{ left: `${at / 10}%` }} />
        ))}
        {bars.map(({ kind, from, width, fromMs }) => (
          <span
            key={`${kind} ${fromMs}`}
            className={`${css.bar} ${css[kind]}`}
            style={{ left: `${from / 10}%`, width: `${width / 10}%` }}
          />
        ))}
      </div>
      <VisuallyHidden>
        {bars
          .map(({ kind, fromMs, toMs }) =>
            history.spanText(history.spans[kind], format.duration(fromMs), format.duration(toMs)),
          )
          .join('; ')}
      </VisuallyHidden>
      {quality && (
        <div className={css.quality}>
          <Direction label={history.qualityFrom} figures={quality.received} />
          <Direction label={history.qualityTo} figures={quality.sent} />
        </div>
      )}
    </div>
  )
}

type Figures = NonNullable<Timeline['lanes'][number]['lane']['quality']>['sent']

function Direction({ label, figures }: { readonly label: string; readonly figures: Figures }) {
  const { history } = useWords()
  const format = useFormat()
  const word = qualityWord(figures)
  const tone = word === 'good' ? 'good' : word === 'fair' ? 'warn' : 'bad'
  return (
    <span className={css.direction}>
      {label}: <Badge {...(word === 'none' ? {} : { tone })}>{history.qualityWords[word]}</Badge>
      {word !== 'none' && (
        <span className={css.under}>
          {history.lossJitter(format.percent(figures.lossRatio, 1), format.number(figures.jitterMs, 0))}
        </span>
      )}
    </span>
  )
}
