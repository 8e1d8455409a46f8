import { useValue } from '../base/use-value.ts'
import { DayList } from '../calendar/day-list.tsx'
import { Avatar, Button, IconButton, Quiet } from '../look/index.ts'
import type { Entry } from '../people/people-search.ts'
import { photoOf } from '../people/person.ts'
import { describe } from '../people/person-line.tsx'
import { phoneState } from '../phone/phone-holder.ts'
import { PresenceLine } from '../presence/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './attendant.module.css'
import { activeOf, type Receiver } from './attendant-calls.ts'

/** Who is chosen: how they are, where, by which numbers they are reached, and what can be done with the caller. */
export function PersonColumn({
  person,
  onGive,
  onAsk,
  onVoicemail,
  onMessage,
}: {
  readonly person: Entry | undefined
  readonly onGive: (to: Receiver) => void
  readonly onAsk: (to: Receiver) => void
  readonly onVoicemail: (() => void) | undefined
  readonly onMessage: () => void
}) {
  const { attendant, people } = useWords()
  const active = activeOf(useValue(phoneState))
  if (!person) return <aside className={css.person} aria-label={attendant.person} />
  const { name, numbers, kind, id } = person
  const [first] = numbers
  const about = describe(person)
  const to = first && { number: first.number, name }
  return (
    <aside className={css.person} aria-label={attendant.person}>
      <div className={css.personHead}>
        <Avatar name={name} photo={photoOf(person)} size={56} />
        <div className={css.who}>
          <h2>{name}</h2>
          {about !== '' && <Quiet>{about}</Quiet>}
        </div>
      </div>
      {kind === 'colleague' && <PresenceLine userId={id} />}
      {to ? (
        <div className={css.keys}>
          <Button kind="primary" icon={active ? 'transfer' : 'call'} onPress={() => onGive(to)}>
            {active?.consultsFor !== undefined ? attendant.complete : active ? attendant.give : attendant.call}
          </Button>
          {active && active.consultsFor === undefined && (
            <Button icon="call" onPress={() => onAsk(to)}>
              {attendant.ask}
            </Button>
          )}
          {active && onVoicemail && (
            <Button icon="voicemail" onPress={onVoicemail}>
              {attendant.toVoicemail}
            </Button>
          )}
        </div>
      ) : (
        <Quiet>{attendant.noNumber}</Quiet>
      )}
      {kind === 'colleague' && (
        <Button icon="chat" onPress={onMessage}>
          {attendant.message.title}
        </Button>
      )}
      {kind === 'colleague' && <DayList key={id} userId={id} />}
      {numbers.length > 1 && (
        <ul className={css.rows} aria-label={attendant.numbers}>
          {numbers.map(({ number, text }) => (
            <li key={number} className={css.call}>
              <span className={css.who}>{text}</span>
              <IconButton
                icon={active ? 'transfer' : 'call'}
                label={active ? attendant.giveTo(text) : people.call(name, text)}
                onPress={() => onGive({ number, name })}
              />
            </li>
          ))}
        </ul>
      )}
    </aside>
  )
}
