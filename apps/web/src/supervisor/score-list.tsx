import type { ReactNode } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { Badge, Line, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './supervisor.module.css'

type Score = ReplyOf<'listOwnScores'>['items'][number]

/** Scores with what was asked and found. */
export function ScoreList({
  scores,
  toolsOf,
}: {
  readonly scores: readonly Score[]
  readonly toolsOf?: (score: Score) => ReactNode
}) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  return (
    <ul className={css.waitingList}>
      {scores.map((score) => (
        <li key={score.id}>
          <div className={css.waitingItem}>
            <Line>
              <strong>{score.agentName}</strong>
              <Badge tone={score.percent >= 80 ? 'good' : score.percent >= 50 ? 'warn' : 'bad'}>
                {format.percent(score.percent / 100, 1)}
              </Badge>
              <Quiet>
                {score.formName} · {score.queueName} · {format.dateTime(Date.parse(score.at))} ·{' '}
                {words.scoredBy(score.byName)}
              </Quiet>
            </Line>
            <ul>
              {score.answers.map(({ id, text, most, points }) => (
                <li key={id}>
                  {text}:{' '}
                  {points === undefined
                    ? words.doesNotApply
                    : most === 1
                      ? points === 1
                        ? words.yes
                        : words.no
                      : `${format.number(points)} / ${format.number(most)}`}
                </li>
              ))}
            </ul>
            {score.comment !== undefined && <p>{score.comment}</p>}
          </div>
          {toolsOf?.(score)}
        </li>
      ))}
    </ul>
  )
}
