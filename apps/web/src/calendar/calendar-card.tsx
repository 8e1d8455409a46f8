import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Card, Quiet, Select, Terms, useQuestion } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { CalendarForm, showChoices } from './calendar-form.tsx'
import css from './calendar.module.css'
import { type Calendar, healthText } from './health-text.ts'
import { type CalendarHands, useCalendar } from './use-calendar.ts'

/** The calendar that somebody's presence follows. @param userId absent: my own */
export function CalendarCard({ userId }: { readonly userId?: string }) {
  const { calendar: texts } = useWords()
  const hands = useCalendar(userId)
  const [isEditing, setEditing] = useState(false)
  const { calendar } = hands
  if (calendar === undefined) return null
  const isOther = userId !== undefined
  return (
    <Card {...(isOther ? { title: texts.ofUser } : {})}>
      {!isOther && <Quiet>{texts.about}</Quiet>}
      {calendar && !isEditing ? (
        <Followed calendar={calendar} hands={hands} isOther={isOther} onEdit={() => setEditing(true)} />
      ) : (
        <CalendarForm
          known={calendar ?? undefined}
          isOther={isOther}
          onPut={hands.put}
          onDone={() => setEditing(false)}
          onCancel={calendar ? () => setEditing(false) : undefined}
        />
      )}
    </Card>
  )
}

function Followed({
  calendar,
  hands,
  isOther,
  onEdit,
}: {
  readonly calendar: Calendar
  readonly hands: CalendarHands
  readonly isOther: boolean
  readonly onEdit: () => void
}) {
  const words = useWords()
  const { calendar: texts } = words
  const format = useFormat()
  const { clock, toasts, showFault } = useApp()
  const submit = useSubmit()
  const { ask, dialog } = useQuestion((fault) => faultText(words, fault))
  const { tone, text } = healthText(calendar, words, format, clock.nowMs())
  const { server, login, shows, triedAgainAt, unread, isCut } = calendar
  const remove = () =>
    ask({
      title: texts.remove,
      text: texts.removeAsk,
      yes: texts.remove,
      isDanger: true,
      run: async () => {
        await hands.remove()
        toasts.show({ tone: 'good', text: texts.removed })
      },
    })
  return (
    <>
      {dialog}
      <Banner tone={tone} isLive>
        {text}
        {unread !== undefined && ` ${texts.unread(unread)}`}
        {isCut && ` ${texts.isCut}`}
      </Banner>
      <Terms
        items={[
          [texts.server, server],
          [texts.protocol, texts.protocols[calendar.protocol]],
          ...(login === undefined ? [] : [[texts.login, login] as const]),
          ...(triedAgainAt === undefined
            ? []
            : [[texts.nextRead, format.moment(Date.parse(triedAgainAt), clock.nowMs())] as const]),
          ...(isOther ? [[texts.shows, texts.showing[shows]] as const] : []),
        ]}
      />
      {!isOther && (
        <Select
          label={texts.shows}
          hint={texts.showsHint}
          value={shows}
          onChange={(chosen) => void hands.put({ shows: chosen }).catch(showFault)}
          choices={showChoices.map((id) => ({ id, label: texts.showing[id] }))}
        />
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <div className={css.foot}>
        {!isOther && (
          <Button icon="refresh" isDisabled={submit.isBusy} onPress={() => submit.run(hands.readNow)}>
            {texts.readNow}
          </Button>
        )}
        <Button icon="edit" onPress={onEdit}>
          {texts.change}
        </Button>
        <Button icon="trash" onPress={remove}>
          {texts.remove}
        </Button>
      </div>
    </>
  )
}
