import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Button, Card, Icon, IconButton, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import type { LoginSession, SecurityViewModel } from './security-view-model.ts'
import css from './security.module.css'

/** Where I am logged in. */
export function SessionsCard({
  viewModel,
  sessions,
}: {
  readonly viewModel: SecurityViewModel
  readonly sessions: readonly LoginSession[]
}) {
  const words = useWords()
  const { security: texts } = words
  const { clock, showFault } = useApp()
  const format = useFormat()
  const question = useQuestion((fault) => faultText(words, fault))
  const moment = (text: string) => format.moment(Date.parse(text), clock.nowMs())
  const nameOf = ({ browser, system, kind }: LoginSession) => {
    const name = browser ?? (kind === 'program' ? texts.program : texts.unknownBrowser)
    return system === undefined ? name : texts.browserOn(name, system)
  }
  return (
    <Card
      title={texts.sessions}
      tools={
        sessions.length > 1 && (
          <Button
            onPress={() =>
              question.ask({
                title: texts.endOthersTitle,
                text: texts.endOthersText,
                yes: texts.endOthers,
                isDanger: true,
                run: () => viewModel.endOthers(),
              })
            }
          >
            {texts.endOthers}
          </Button>
        )
      }
    >
      <ul className={css.rows}>
        {sessions.map((session) => (
          <li key={session.id} className={css.row}>
            <span className={css.rowIcon}>
              <Icon name={iconOf(session)} />
            </span>
            <span className={css.rowText}>
              {nameOf(session)} {session.isThis && <Badge tone="good">{texts.thisOne}</Badge>}
              <small>
                {[
                  texts.means[session.means.at(-1) ?? 'password'],
                  session.address,
                  texts.sinceWhen(moment(session.since)),
                  ...(session.isThis ? [] : [texts.usedAt(moment(session.usedAt))]),
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </small>
            </span>
            {!session.isThis && (
              <IconButton
                icon="log-out"
                label={texts.endNamed(nameOf(session))}
                onPress={() => void viewModel.endSession(session.id).catch(showFault)}
              />
            )}
          </li>
        ))}
      </ul>
      {question.dialog}
    </Card>
  )
}

function iconOf({ kind, system }: LoginSession) {
  if (kind === 'program') return 'command'
  return system === 'iPhone' || system === 'Android' || system === 'iPad' ? 'mobile' : 'laptop'
}
